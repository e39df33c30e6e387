using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Testing;

/// <summary>A file of unit tests of rules, as read.</summary>
/// <param name="Path">What diagnostics name it by.</param>
/// <param name="RuleFiles">Rule files or patterns, relative to the test file; with their places.</param>
/// <param name="TickMs">Journal time between two ticks.</param>
public sealed record RuleTestFile(string Path, IReadOnlyList<YamlScalar> RuleFiles, long TickMs, IReadOnlyList<RuleTest> Tests);
