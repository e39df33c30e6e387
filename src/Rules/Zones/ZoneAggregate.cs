using Fengsui.Rules.Binding;
using Fengsui.Rules.Compilation;
using Fengsui.Rules.Model;

namespace Fengsui.Rules.Zones;

/// <summary>What the members of a zone say together: <c>any(zone, co &gt; 20)</c>, <c>max(zone, lel)</c>. Members that never said anything do not count.</summary>
/// <param name="kind">How their values are joined.</param>
/// <param name="inner">What each member contributes, over its own metrics.</param>
/// <param name="maxAgeMs">Journal time after which a contribution is unknown.</param>
/// <param name="members">Which devices count; null when all of the zone do.</param>
/// <param name="written">As it stands in the rule.</param>
internal sealed class ZoneAggregate(AggregateKind kind, BoundNode inner, long maxAgeMs, RuleSelector? members, string written)
    : ZoneInput($"{kind} {inner} age {maxAgeMs} of {members}", written)
{
    public AggregateKind Kind { get; } = kind;

    public BoundNode Inner { get; } = inner;

    public long MaxAgeMs { get; } = maxAgeMs;

    /// <summary>Whether what a member says may change without a row of it.</summary>
    public bool IsTimed { get; } = Timing.IsTimed(inner.All());

    public override double Read(ZoneState zone, int place, long nowMs) => zone.AggregateAt(place).Read(nowMs);

    /// <summary>Whether a device of this profile counts.</summary>
    public bool Counts(DeviceProfile profile) => members is null || members.Matches(profile);
}
