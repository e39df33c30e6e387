using Fengsui.Devices.Alerts;
using Fengsui.Devices.Alerts.Outbox;
using Fengsui.Rules.Alerts;
using Fengsui.Rules.Model;

namespace Fengsui.Api.Tests.Delivery;

/// <summary>Notices for tests that do not care how they came about.</summary>
internal static class Notices
{
    public static Notice Firing(long number = 7, string alert = "a1", Tier tier = Tier.Major) => new(number, Transition(number, alert, tier), "tank");

    public static AlertTransition Transition(long number = 7, string alert = "a1", Tier tier = Tier.Major) => new()
    {
        AlertId = alert,
        Sequence = 1,
        Version = 1,
        State = AlertState.Firing,
        Tier = tier,
        PreviousTier = Tier.None,
        Rule = "gas/CoHigh",
        RuleSetVersion = 3,
        Device = "罐 7\"%",
        Zone = "hall-3",
        EventTimeMs = 1_700_000_000_000,
        StartTimeMs = 1_700_000_000_000,
        ReceiveTimeMs = 1_700_000_000_500,
        JournalPosition = number * 100,
        JournalIndex = 0,
        Reason = "",
        Values = [new("co", 31.5)],
        Labels = new SortedDictionary<string, string> { ["site"] = "east" },
        Annotations = new SortedDictionary<string, string> { ["summary"] = "CO is high\r\n.", ["summary_zh"] = "一氧化碳过高" },
    };

    public static Notice Overdue(long number = 8) => new(
        number,
        new AlertEvent
        {
            AlertId = "a1",
            Version = 2,
            Kind = AlertEventKind.Overdue,
            IsFiring = true,
            Tier = Tier.Major,
            Rule = "gas/CoHigh",
            Device = "",
            Zone = "hall-3",
            ReceiveTimeMs = 1_700_000_001_000,
            JournalPosition = number * 100,
            JournalIndex = 0,
            Labels = new SortedDictionary<string, string>(),
            Audience = ["joint-group"],
            DueMs = 1_700_000_000_900,
            Note = "nobody came",
        },
        "");
}
