using Fengsui.Devices.Alerts;
using Fengsui.Rules;
using Fengsui.Rules.Alerts;
using Fengsui.Rules.Model;
using Xunit;

namespace Fengsui.Devices.Tests.Alerts;

public sealed class FloodZoneTests
{
    [Fact]
    public void A_flood_ends_once_and_where_it_was_though_the_device_with_which_it_was_seen_has_gone_to_another_zone()
    {
        var desk = new AlertDeskCore();
        var entries = new List<AlertEntry>();
        var rules = RuleSet.Parse([new RuleFile("n.yaml", "noise: { flood: { alerts: 2, within: 10m, below: 2 } }")]).RuleSet!;
        desk.Take(new PendingTransition(new PolicyInput(1, rules)), false, entries);
        for (var device = 2; device <= 5; device++)
        {
            desk.Take(new PendingTransition(Step(device, device, "yard", Tier.General), 0), false, entries);
        }

        Assert.Equal(HoldReason.Flood, ((AlertTransition)entries[^1]).HeldBy);
        var seenWith = Assert.Single(entries.OfType<AlertEvent>(), happened => happened.Kind == AlertEventKind.FloodBegan);
        desk.Take(new PendingTransition(Step(6, int.Parse(seenWith.Device[1..], null), "quay", Tier.Significant) with { State = AlertState.TierChanged, PreviousTier = Tier.General, Sequence = 2 }, 0), false, entries);
        entries.Clear();
        for (var position = 7; position < 10; position++)
        {
            desk.Take(new PendingTransition(new TickInput(position, 1_200_000 + position)), false, entries);
        }

        Assert.Single(entries.OfType<AlertEvent>(), happened => happened.Kind == AlertEventKind.FloodEnded);
        Assert.Single(entries.OfType<AlertEvent>(), happened => happened.Kind == AlertEventKind.Released && happened.Device == "d5");
    }

    private static AlertTransition Step(long position, int device, string zone, Tier tier) =>
        AlertSamples.At(position, alert: $"a{device}") with { Device = $"d{device}", Zone = zone, Tier = tier, ReceiveTimeMs = position * 1_000 };
}
