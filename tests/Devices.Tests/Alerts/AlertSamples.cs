using Fengsui.Devices.Alerts;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.Tests.Alerts;

/// <summary>Transitions for tests that do not care how they came about.</summary>
internal static class AlertSamples
{
    public static AlertTransition At(long position, int index = 0, AlertState state = AlertState.Firing, string alert = "", int sequence = 1) => new()
    {
        AlertId = alert.Length > 0 ? alert : $"alert-{position}-{index}",
        Sequence = sequence,
        State = state,
        Tier = state == AlertState.Resolved ? Tier.None : Tier.Major,
        PreviousTier = state == AlertState.Firing ? Tier.None : Tier.Major,
        Rule = "g/Hot",
        RuleSetVersion = 1,
        Device = "tank \"7\"",
        Zone = "北 仓",
        EventTimeMs = 1_700_000_000_000 + position,
        StartTimeMs = 1_700_000_000_000,
        ReceiveTimeMs = 1_700_000_000_500 + position,
        JournalPosition = position,
        JournalIndex = index,
        Reason = "",
        Values = [new("m0", 0.1 + position)],
        Labels = new SortedDictionary<string, string> { ["team"] = "night" },
        Annotations = new SortedDictionary<string, string> { ["summary"] = "热\n\t\"x\"" },
    };
}
