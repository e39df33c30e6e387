namespace Fengsui.Rules.Lint;

/// <summary>The codes of what a linter warns of. Tools match on them: never rename one.</summary>
public static class LintCodes
{
    public const string NeverTrue = "never-true";
    public const string AlwaysTrue = "always-true";
    public const string TierHidden = "tier-hidden";
    public const string ClearOverlaps = "clear-overlaps";
    public const string NeverClears = "never-clears";
    public const string ClearAddsNothing = "clear-adds-nothing";
    public const string SelectsNothing = "selects-nothing";
    public const string UnreportedMetric = "unreported-metric";
    public const string NeverHeld = "never-held";
    public const string NoEffect = "no-effect";
    public const string AboveCeiling = "above-ceiling";
    public const string UnknownStandard = "unknown-standard";
    public const string NotInForce = "not-in-force";
    public const string DuplicateRule = "duplicate-rule";
}
