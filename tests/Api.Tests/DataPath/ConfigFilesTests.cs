using Fengsui.Api.DataPath;
using Fengsui.Rules;

namespace Fengsui.Api.Tests.DataPath;

public sealed class ConfigFilesTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("fengsui-config-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Routes_are_part_of_the_rule_set_and_other_files_are_not()
    {
        Write("rules/packs/a.yaml", "groups: []");
        Write("rules/a.rulestest.yaml", "");
        Write("routes/east/b.geojson", "{}");
        Write("routes/notes.txt", "");
        Write("devices/c.yaml", "");
        Assert.Equal([new RuleFile("rules/packs/a.yaml", "groups: []"), new RuleFile("routes/east/b.geojson", "{}")], ConfigFiles.Rules(_directory));
    }

    [Fact]
    public void A_changed_route_is_seen()
    {
        Write("routes/b.geojson", "{}");
        var stamp = ConfigFiles.Stamp(_directory);
        Assert.Equal(stamp, ConfigFiles.Stamp(_directory));
        Write("routes/b.geojson", "{ }");
        Assert.NotEqual(stamp, ConfigFiles.Stamp(_directory));
    }

    [Fact]
    public void The_rules_that_are_built_in_have_their_routes_and_no_mistakes()
    {
        var files = ConfigFiles.Rules(Path.Combine(_directory, "none"));
        Assert.Contains(files, file => file.Path == "routes/example.geojson");
        Assert.DoesNotContain(RuleSet.Parse(files).Diagnostics, diagnostic => diagnostic.Severity == Severity.Error);
    }

    private void Write(string path, string text)
    {
        var full = Path.Combine(_directory, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
