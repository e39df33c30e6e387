using Fengsui.Rules;
using Fengsui.Rules.Testing;

namespace Fengsui.Bench.Replay;

/// <summary>The rules of a configuration directory and those of the measure, in a configuration directory of their own.</summary>
internal static class RuleFolder
{
    private const string Memory = "memory.yaml";

    public static IReadOnlyList<RuleFile> Copy(string configuration, string into, bool withMemory)
    {
        foreach (var path in Files(configuration))
        {
            var copy = Path.Combine(into, Path.GetRelativePath(configuration, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }

        if (withMemory)
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, Memory), Path.Combine(into, "rules", Memory));
        }

        return [.. Files(into).Select(path => new RuleFile(Path.GetRelativePath(into, path), File.ReadAllText(path)))];
    }

    /// <summary>As the server reads them: rules, then routes, each in the order of their paths.</summary>
    private static IEnumerable<string> Files(string configuration) => Of(configuration, "rules", ".yaml").Concat(Of(configuration, "routes", ".geojson"));

    private static IEnumerable<string> Of(string configuration, string folder, string suffix)
    {
        var directory = Path.Combine(configuration, folder);
        return Directory.Exists(directory)
            ? Directory.GetFiles(directory, "*" + suffix, SearchOption.AllDirectories)
                .Where(path => !path.EndsWith(RuleTestReader.FileSuffix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
            : [];
    }
}
