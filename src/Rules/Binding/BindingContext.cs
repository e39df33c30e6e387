using Fengsui.Rules.Library;

namespace Fengsui.Rules.Binding;

/// <summary>What an expression is bound against.</summary>
/// <param name="Library">The rule set beside the rules.</param>
/// <param name="MaxAgeMs">Age from which on a sampled value is unknown in this rule.</param>
/// <param name="IsZoneScope">The rule is about the zone: metrics of devices can be read through the zone only.</param>
/// <param name="Members">Whose contributions count in its zone inputs; null when all do.</param>
internal sealed record BindingContext(RuleLibrary Library, long MaxAgeMs, bool IsZoneScope, RuleSelector? Members = null)
{
    public const long DefaultMaxAgeMs = 60_000;

    public static BindingContext Plain { get; } = new(RuleLibrary.Empty, DefaultMaxAgeMs, false);

    /// <summary>Inside <c>any(zone, …)</c> and its kin: the metrics are those of a member.</summary>
    public BindingContext OfMember() => this with { IsZoneScope = false };
}
