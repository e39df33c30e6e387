using Fengsui.Api.RuleTools;
using Fengsui.Devices.Registry.Files;
using Fengsui.Ingest.Bridge;
using Fengsui.Ingest.Sources.Configuration;
using Fengsui.Rules;

namespace Fengsui.Api.DataPath;

/// <summary>
/// Reads <c>rules/</c>, the <c>routes/</c> that rules name, <c>devices/</c>, <c>sources/</c> and <c>receivers.yaml</c> of the configuration directory. Files are
/// taken in the order of their names and known by their path within the directory, so the same configuration elsewhere is
/// the same rule set. Without the directory the rules that the program was built with are in force.
/// </summary>
internal static class ConfigFiles
{
    public const string ReceiversFile = "receivers.yaml";

    private const string Yaml = "*.yaml";
    private const string GeoJson = "*.geojson";

    /// <summary>Rule files and route files: one rule set.</summary>
    public static IReadOnlyList<RuleFile> Rules(string directory) =>
        Directory.Exists(directory)
            ? [.. Read(directory, "rules", Yaml).Concat(Read(directory, "routes", GeoJson)).Select(file => new RuleFile(file.Name, file.Text))]
            : BuiltInRules();

    public static IReadOnlyList<DeviceFile> Devices(string directory) =>
        [.. Read(directory, "devices", Yaml).Select(file => new DeviceFile(file.Name, file.Text))];

    /// <summary>What comes in beside MQTT.</summary>
    public static IReadOnlyList<SourceFile> Sources(string directory) =>
        [.. Read(directory, "sources", Yaml).Select(file => new SourceFile(file.Name, file.Text))];

    /// <summary>Who is told of alerts; null when there is no such file.</summary>
    /// <summary>Names of the bridges that receivers may publish at; null when sources have mistakes, since one of those may be meant.</summary>
    public static IReadOnlyCollection<string>? Bridges(SourceCatalog sources) =>
        sources.HasErrors ? null : [.. sources.Sources.Where(source => source.Protocol == BridgeLinks.Protocol).Select(source => source.Name)];

    public static string? Receivers(string directory) =>
        File.Exists(Path.Combine(directory, ReceiversFile)) ? File.ReadAllText(Path.Combine(directory, ReceiversFile)) : null;

    /// <summary>Changes whenever a file appears, goes, or is written.</summary>
    public static string Stamp(string directory) =>
        string.Join('\n', Paths(directory, "rules", Yaml).Concat(Paths(directory, "routes", GeoJson)).Concat(Paths(directory, "devices", Yaml)).Concat(Paths(directory, "sources", Yaml)).Concat(ReceiversPath(directory)).Select(
            path => $"{path} {File.GetLastWriteTimeUtc(path).Ticks} {new FileInfo(path).Length}"));

    private static string[] ReceiversPath(string directory) =>
        File.Exists(Path.Combine(directory, ReceiversFile)) ? [Path.Combine(directory, ReceiversFile)] : [];

    private static RuleFile[] BuiltInRules()
    {
        var program = typeof(ConfigFiles).Assembly;
        var names = Array.FindAll(program.GetManifestResourceNames(), name => name.StartsWith("rules/", StringComparison.Ordinal) || name.StartsWith("routes/", StringComparison.Ordinal));
        Array.Sort(names, StringComparer.Ordinal);
        return Array.ConvertAll(names, name =>
        {
            using var text = new StreamReader(program.GetManifestResourceStream(name)!);
            return new RuleFile(name, text.ReadToEnd());
        });
    }

    private static IEnumerable<(string Name, string Text)> Read(string directory, string folder, string pattern) =>
        Paths(directory, folder, pattern).Select(
            path => (Path.GetRelativePath(directory, path).Replace('\\', '/'), File.ReadAllText(path)));

    private static string[] Paths(string directory, string folder, string pattern)
    {
        var path = Path.Combine(directory, folder);
        if (!Directory.Exists(path))
        {
            return [];
        }

        // Unit tests of rules may lie beside them.
        var files = Array.FindAll(Directory.GetFiles(path, pattern, SearchOption.AllDirectories), file => !RulePaths.IsTestFile(file));
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }
}
