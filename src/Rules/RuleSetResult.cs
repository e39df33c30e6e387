namespace Fengsui.Rules;

/// <summary>All or nothing: <paramref name="RuleSet"/> is null when any diagnostic is an error.</summary>
public sealed record RuleSetResult(RuleSet? RuleSet, IReadOnlyList<Diagnostic> Diagnostics);
