namespace Fengsui.Rules.Tests.Properties.Language;

/// <summary>What an expression can see: metrics by name (null is unknown), the moment, and what kind of moment it is.</summary>
/// <param name="MaxAgeMs">What was sampled longer ago is unknown.</param>
internal sealed record View(ViewKind Kind, Moment Now, long MaxAgeMs, Func<string, double?> Metric)
{
    /// <summary>What functions take for now: not before a tick that the rule has seen.</summary>
    public long CarriedMs { get; init; } = Now.EventMs;
}
