using Fengsui.Api.DataPath;
using Fengsui.Api.Hosting;
using Fengsui.Api.RuleTools;
using Fengsui.Rules;

namespace Fengsui.Api.Commands.Rules;

/// <summary>
/// Rule files as an operator points at them: the configuration directory, or its <c>rules</c> folder, or any folder of YAML
/// and route files. They are known by the paths that a server would know them by, so that equal rules are equal wherever they lie.
/// </summary>
internal static class RuleDirectory
{
    private const string Folder = "rules";

    /// <exception cref="OperatorMistakeException">There is no such directory, or no rule in it.</exception>
    public static IReadOnlyList<RuleFile> Read(string directory)
    {
        if (!Directory.Exists(directory))
        {
            throw new OperatorMistakeException($"there is no directory {directory}");
        }

        var files = ReadFiles(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)));
        return files.Count > 0 ? files : throw new OperatorMistakeException($"there is no *.yaml in {directory}");
    }

    /// <summary>The configuration directory that rules lie in, for what lies beside them; null for a folder on its own.</summary>
    public static string? ConfigurationOf(string directory)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        return Directory.Exists(Path.Combine(full, Folder)) ? full
            : Path.GetFileName(full) == Folder ? Path.GetDirectoryName(full)
            : null;
    }

    private static IReadOnlyList<RuleFile> ReadFiles(string full)
    {
        if (ConfigurationOf(full) is { } configuration)
        {
            return ConfigFiles.Rules(configuration);
        }

        var paths = Array.FindAll(Directory.GetFiles(full, "*", SearchOption.AllDirectories), RulePaths.IsRuleFile);
        Array.Sort(paths, StringComparer.Ordinal);
        return [.. paths.Select(path => new RuleFile($"{Folder}/{Path.GetRelativePath(full, path).Replace('\\', '/')}", File.ReadAllText(path)))];
    }
}
