using Fengsui.Devices.Alerts;
using Fengsui.Devices.Audit;
using Fengsui.Rules.Model;
using Xunit;

namespace Fengsui.Devices.Tests.Audit;

/// <summary>Under which topics the entries of an alert were published, as the record of the configuration says.</summary>
public sealed class PublishedTopicsTests
{
    [Fact]
    public void Each_entry_is_where_its_tier_and_zone_were_by_the_configuration_of_its_time()
    {
        AuditEntry[] configured =
        [
            Configured(1_000, [new("mqtt", "alerts")]),
            Configured(5_000, [new("mqtt", "park"), new("bridge/site", "out/alerts")]),
        ];
        var story = new AlertStory
        {
            AlertId = "a",
            Entries =
            [
                Step(1, 2_000, AlertState.Firing, Tier.General, Tier.None),
                Step(2, 3_000, AlertState.TierChanged, Tier.Major, Tier.General) with { Zone = "south" },
                Step(3, 6_000, AlertState.Resolved, Tier.None, Tier.Major) with { Zone = "south" },
                Step(4, 7_000, AlertState.Firing, Tier.Major, Tier.None) with { IsShadow = true },
            ],
            Records = [],
        };
        Assert.Equal(
            [
                "alerts/general/north/d",
                "alerts/general/north/d alerts/major/south/d",
                "park/major/south/d bridge/site: out/alerts/major/south/d",
            ],
            PublishedTopics.Of(story, configured).Select(publication => string.Join(' ', publication.Topics)));
        Assert.All(PublishedTopics.Of(story, []), publication => Assert.Empty(publication.Topics));
    }

    private static AuditEntry Configured(long timeMs, KeyValuePair<string, string>[] prefixes)
    {
        var record = new AuditRecord(AuditKind.Configuration, timeMs, AuditRecord.Program, PublishedTopics.Subject)
        {
            Detail = new AuditDetail().Text("change", PublishedTopics.Describe(prefixes)).ToJson(),
        };
        return new AuditEntry(1, record, "");
    }

    private static AlertTransition Step(int sequence, long timeMs, AlertState state, Tier tier, Tier previous) => new()
    {
        AlertId = "a",
        Sequence = sequence,
        Version = sequence,
        State = state,
        Tier = tier,
        PreviousTier = previous,
        Rule = "g/A",
        RuleSetVersion = 1,
        Device = "d",
        Zone = "north",
        EventTimeMs = timeMs,
        StartTimeMs = timeMs,
        ReceiveTimeMs = timeMs,
        JournalPosition = timeMs,
        JournalIndex = 0,
        Reason = "",
        Values = [],
        Labels = new SortedDictionary<string, string>(),
        Annotations = new SortedDictionary<string, string>(),
    };
}
