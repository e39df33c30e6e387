namespace Fengsui.Rules.Testing;

/// <summary>What came of one test; passed without failures.</summary>
public sealed record RuleTestResult(RuleTest Test, IReadOnlyList<RuleTestFailure> Failures)
{
    public bool Passed => Failures.Count == 0;
}
