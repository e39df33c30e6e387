namespace Fengsui.Scenarios.Truth;

/// <summary>A while in which a rule must be silent although something came near it. Times are ms since 1970 UTC.</summary>
public sealed record QuietWhile(string Rule, string Subject, long FromMs, long UntilMs, string Because);
