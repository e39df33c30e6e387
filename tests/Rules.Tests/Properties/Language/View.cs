namespace Fengsui.Rules.Tests.Properties.Language;

/// <summary>What an expression can see: metrics by name (null is unknown), the moment, and what kind of moment it is.</summary>
internal sealed record View(ViewKind Kind, Moment Now, long MaxAgeMs, Func<string, double?> Metric);
