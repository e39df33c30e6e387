using System.Text.Json;
using Fengsui.Api.Commands;

namespace Fengsui.Api.Tests.Commands.Rules;

public sealed class SchemaAndImportCommandTests
{
    [Theory]
    [InlineData("check")]
    [InlineData("schema")]
    [InlineData("test")]
    [InlineData("import")]
    [InlineData("import prometheus")]
    [InlineData("import thingsboard")]
    public async Task Every_tool_has_help_with_examples(string command)
    {
        var (code, output, error) = await RulesCommandLine.RunAsync([.. command.Split(' '), "--help"]);

        Assert.Equal((ExitCodes.Ok, ""), (code, error));
        Assert.Contains($"Examples:\n  fengsui rules {command}", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schema_goes_to_the_output_or_to_a_file()
    {
        using var folder = new TemporaryDirectory();
        var (code, output, _) = await RulesCommandLine.RunAsync("schema");
        var (tests, nothing, _) = await RulesCommandLine.RunAsync("schema", "tests", "--out", folder["s.json"]);
        var (wrong, _, _) = await RulesCommandLine.RunAsync("schema", "ruls");

        Assert.Equal((ExitCodes.Ok, ExitCodes.Ok, "", ExitCodes.Usage), (code, tests, nothing, wrong));
        Assert.Equal("Fengsui rules", JsonDocument.Parse(output).RootElement.GetProperty("title").GetString());
        Assert.Equal("Fengsui rule tests", JsonDocument.Parse(File.ReadAllText(folder["s.json"])).RootElement.GetProperty("title").GetString());
    }

    [Theory]
    [InlineData("a > 1", ExitCodes.Ok, "1 rule carried over, 0 things left out, 1 assumed")]
    [InlineData("sum(a) > 1", ExitCodes.Failure, "0 rules carried over, 1 thing left out, 0 assumed")]
    public async Task The_exit_code_says_whether_all_was_carried_over(string expr, int code, string last)
    {
        using var folder = new TemporaryDirectory();
        folder.Write("a.yml", $"groups: [{{ name: g, rules: [{{ alert: A, expr: '{expr}' }}] }}]");
        var (exit, _, error) = await RulesCommandLine.RunAsync("import", "prometheus", folder["a.yml"], "--out", folder["a.yaml"]);

        Assert.Equal((code, last), (exit, error.TrimEnd().Split('\n')[^1]));
        Assert.Equal(ExitCodes.Ok, (await RulesCommandLine.RunAsync("check", folder["a.yaml"])).Code);
    }

    [Fact]
    public async Task What_is_there_is_not_overwritten()
    {
        using var folder = new TemporaryDirectory();
        folder.Write("a.yml", "groups: [{ name: g, rules: [{ alert: A, expr: a > 1 }] }]");
        folder.Write("mine.yaml", "groups: []");
        var (code, _, error) = await RulesCommandLine.RunAsync("import", "prometheus", folder["a.yml"], "--out", folder["mine.yaml"]);

        Assert.Equal((ExitCodes.Environment, "groups: []"), (code, File.ReadAllText(folder["mine.yaml"])));
        Assert.Contains("already exists", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("import prometheus no-such.yml")]
    [InlineData("import thingsboard no-such.json")]
    [InlineData("import grafana x")]
    public async Task What_is_not_there_is_a_readable_line_and_code_2(string line) =>
        Assert.Equal(ExitCodes.Usage, (await RulesCommandLine.RunAsync(line.Split(' '))).Code);

    [Fact]
    public async Task A_severity_needs_its_tier()
    {
        using var folder = new TemporaryDirectory();
        folder.Write("p.json", "{ \"profileData\": {} }");
        var (code, _, error) = await RulesCommandLine.RunAsync("import", "thingsboard", folder["p.json"], "--severity", "MINOR=grave");

        Assert.Equal((ExitCodes.Usage, "fengsui: --severity: 'MINOR=grave' is not a severity and its tier, such as warning=significant\n"), (code, error));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_said_with_its_place()
    {
        using var folder = new TemporaryDirectory();
        folder.Write("p.json", "{ x }");
        var (code, _, error) = await RulesCommandLine.RunAsync("import", "thingsboard", folder["p.json"]);

        Assert.Equal((ExitCodes.Usage, $"{folder["p.json"]}:1:3: error wrong-type: this is not JSON (expected a device profile as it is exported)\n"), (code, error));
    }
}
