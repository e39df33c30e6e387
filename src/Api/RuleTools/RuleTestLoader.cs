using Fengsui.Rules;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;
using Fengsui.Rules.Testing;

namespace Fengsui.Api.RuleTools;

/// <summary>Loads files of unit tests and the rule files that they name. Finds every mistake of all of them.</summary>
internal sealed class RuleTestLoader
{
    private readonly DiagnosticBag _diagnostics = new();
    private readonly List<Diagnostic> _ofRules = [];

    /// <summary>Mistakes in tests and rules, by file and line.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics => [.. _diagnostics.ToSortedList().Concat(_ofRules.Distinct())];

    public bool HasErrors => Diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error);

    /// <summary>The suites of all files; meant to be run only when there is no error.</summary>
    /// <param name="paths">Files, and directories of which every file of tests is taken.</param>
    public IReadOnlyList<RuleTestSuite> Load(IReadOnlyList<string> paths) =>
        [.. RulePaths.Expand(paths, RulePaths.IsTestFile, RuleTestReader.FileSuffix).Select(Load).OfType<RuleTestSuite>()];

    private RuleTestSuite? Load(string path)
    {
        if (RuleTestReader.Read(path, File.ReadAllText(path), _diagnostics) is not { } file)
        {
            return null;
        }

        var rules = file.RuleFiles.SelectMany(pattern => RuleFiles(path, pattern)).DistinctBy(rule => rule.Path).ToList();
        var parsed = RuleSet.Parse(rules);
        _ofRules.AddRange(parsed.Diagnostics);
        if (parsed.RuleSet is not { } set)
        {
            return null;
        }

        var names = new RuleNames(set.Rules);
        foreach (var test in file.Tests)
        {
            names.Check(test, _diagnostics);
        }

        return new RuleTestSuite(file, rules, names);
    }

    private IEnumerable<RuleFile> RuleFiles(string testFile, YamlScalar pattern)
    {
        var directory = Path.GetDirectoryName(testFile) is { Length: > 0 } parent ? parent : ".";
        var files = RulePaths.Match(directory, pattern.Text);
        if (files.Count == 0)
        {
            _diagnostics.Error(pattern.Spot, DiagnosticCodes.InvalidValue, $"there is no rule file '{pattern.Text}'", $"a file or a pattern such as *.yaml, relative to {directory}");
        }

        return files.Select(file => new RuleFile(file, File.ReadAllText(file)));
    }
}
