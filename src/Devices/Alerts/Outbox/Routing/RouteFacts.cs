using Fengsui.Devices.Canary;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.Alerts.Outbox.Routing;

/// <summary>What routes look at in one entry of the alert log.</summary>
/// <param name="Tier">Where the alert is now; <see cref="Tier.None"/> once it has ended.</param>
/// <param name="LeftTier">The tier that this step left, or none. Who was told of a tier is told of its end.</param>
/// <param name="State"><c>firing</c>, <c>tier-changed</c>, <c>resolved</c>, or the kind of an event.</param>
/// <param name="Zone">Empty when it is not known.</param>
/// <param name="Device">Empty when the alert is the zone's own.</param>
/// <param name="DeviceType">Empty when the alert is the zone's own, or the device is not known.</param>
/// <param name="Rule">Group and name of the rule.</param>
/// <param name="Audience">Who must be told, by the names of the duties; may be empty.</param>
/// <param name="IsHeld">Held back as noise.</param>
public readonly record struct RouteFacts(
    Tier Tier,
    Tier LeftTier,
    string State,
    string Zone,
    string Device,
    string DeviceType,
    string Rule,
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyList<string> Audience,
    bool IsHeld)
{
    /// <summary>The canary's alerts go only where a route asks for them.</summary>
    public bool IsCanary => Rule == CanaryRule.Id;

    /// <summary>Nothing hides or delays the highest tier.</summary>
    public bool IsUrgent => Tier == Tier.CrossBorder || LeftTier == Tier.CrossBorder;
}
