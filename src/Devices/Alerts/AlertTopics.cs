using Fengsui.Rules.Model;

namespace Fengsui.Devices.Alerts;

/// <summary>The topics that entries of the alert log are published under: <c>PREFIX/tier/zone/device</c>, of a zone itself <c>PREFIX/tier/zone</c>.</summary>
public static class AlertTopics
{
    public static string Of(string prefix, AlertEntry entry, Tier tier) =>
        entry.IsOfZone
            ? $"{prefix}/{tier.Name()}/{entry.Zone}"
            : $"{prefix}/{tier.Name()}/{entry.Zone}/{entry.Device}";

    /// <summary>Where an entry is published by this server: a change of tier under both, a step that ends under the tier that is left.</summary>
    /// <param name="before">The step before it; null when it is the first, or an event. The device may have changed its zone since.</param>
    public static IReadOnlyList<string> Of(string prefix, AlertEntry entry, AlertTransition? before)
    {
        if (entry is not AlertTransition step)
        {
            return [Of(prefix, entry, entry.Tier)];
        }

        var hasLeft = step.PreviousTier != Tier.None && step.PreviousTier != step.Tier;
        string[] left = hasLeft ? [Of(prefix, before ?? step, step.PreviousTier)] : [];
        return step.IsActive ? [.. left, Of(prefix, step, step.Tier)] : left;
    }
}
