using Fengsui.Api.Hosting;
using Fengsui.Rules.Testing;

namespace Fengsui.Api.RuleTools;

/// <summary>Finds rule files and files of rule tests by what an operator names. In the order of their names.</summary>
internal static class RulePaths
{
    public static bool IsTestFile(string path) => path.EndsWith(RuleTestReader.FileSuffix, StringComparison.Ordinal);

    /// <summary>Rules, and routes that rules lean on.</summary>
    public static bool IsRuleFile(string path) =>
        (path.EndsWith(".yaml", StringComparison.Ordinal) && !IsTestFile(path)) || path.EndsWith(".geojson", StringComparison.Ordinal);

    /// <summary>Files as they are; of directories every file that is wanted, at any depth.</summary>
    /// <exception cref="OperatorMistakeException">One of them is not there, or a directory holds none.</exception>
    public static IReadOnlyList<string> Expand(IReadOnlyList<string> paths, Predicate<string> isWanted, string what)
    {
        var found = new List<string>();
        foreach (var path in paths)
        {
            if (File.Exists(path))
            {
                found.Add(path);
                continue;
            }

            if (!Directory.Exists(path))
            {
                throw new OperatorMistakeException($"there is no file or directory '{path}'");
            }

            var inside = FilesOf(path).Where(file => isWanted(file)).Order(StringComparer.Ordinal).ToList();
            if (inside.Count == 0)
            {
                throw new OperatorMistakeException($"there is no {what} file in '{path}'");
            }

            found.AddRange(inside);
        }

        return [.. found.Distinct()];
    }

    /// <summary>Of a configuration directory its rules and routes; of any other directory everything.</summary>
    private static IEnumerable<string> FilesOf(string directory)
    {
        string[] parts = [Path.Combine(directory, "rules"), Path.Combine(directory, "routes")];
        return (Directory.Exists(parts[0]) ? parts.Where(Directory.Exists) : [directory])
            .SelectMany(part => Directory.GetFiles(part, "*", SearchOption.AllDirectories));
    }

    /// <summary>The rule files that one entry names: a file, or a pattern with <c>*</c> in its last part. Test files never match a pattern.</summary>
    public static IReadOnlyList<string> Match(string directory, string pattern)
    {
        var path = Path.Combine(directory, pattern);
        if (!pattern.Contains('*', StringComparison.Ordinal))
        {
            return File.Exists(path) ? [Tidy(path)] : [];
        }

        var folder = Path.GetDirectoryName(path);
        return folder is { Length: > 0 } && Directory.Exists(folder)
            ? [.. Directory.GetFiles(folder, Path.GetFileName(path)).Where(file => IsRuleFile(file)).Order(StringComparer.Ordinal).Select(Tidy)]
            : [];
    }

    /// <summary>Without <c>..</c> and, below the working directory, relative to it: diagnostics are read by people.</summary>
    private static string Tidy(string path)
    {
        var full = Path.GetFullPath(path);
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), full);
        return relative.StartsWith("..", StringComparison.Ordinal) ? full : relative;
    }
}
