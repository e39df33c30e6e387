using System.Globalization;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Alerts.Outbox.Routing;
using Fengsui.Devices.Tests.Alerts.Outbox;
using Fengsui.Rules;
using Fengsui.Rules.Alerts;
using Fengsui.Rules.Model;
using Xunit;

namespace Fengsui.Devices.Tests.KnownFailures;

/// <summary>An alarm that has reached a tier stays there until it ends, or steps down and those who were told of the higher tier never hear of it.</summary>
public sealed class NeverStepsDown
{
    private const string Heat = """
        - alert: Heat
          tier: general
          expr: t > 30
          tiers: [{ tier: significant, expr: t > 40 }, { tier: major, expr: t > 50 }, { tier: cross-border, expr: t > 60 }]
        """;

    private const string Noise = "noise: { flapping: { changes: 32 }, grouping: {}, flood: { alerts: 1, below: 1, up_to: major }, inhibit: [{ source: significant }] }";

    /// <summary>What <see cref="RiseAndFallAsync"/> leads to.</summary>
    private static readonly string[] Whole =
    [
        "firing cross-border", "tier-changed major<cross-border", "tier-changed significant<major", "tier-changed general<significant", "tier-changed major<general",
        "tier-changed general<major", "resolved <general",
    ];

    /// <summary>thingsboard#11803, #11434: from each tier to the next lower one, up again, down again, and out, under one alert.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_alert_goes_through_the_tiers_downwards_as_well_as_upwards_over_crashes_and_with_noise_control(bool hasNoise)
    {
        await using var plant = await RiseAndFallAsync(hasNoise);
        var steps = (await plant.LogAsync()).ToList();
        Assert.Equal(Whole, steps.Select(Words));
        Assert.Single(steps.Select(step => step.AlertId).Distinct());
        Assert.Equal(Enumerable.Range(1, Whole.Length), steps.Select(step => step.Sequence));
        Assert.All(steps, step => Assert.Equal(HoldReason.None, step.HeldBy));
    }

    /// <summary>thingsboard#11803: whoever was told of a tier is told when it is left, and by what.</summary>
    [Theory]
    [InlineData(Tier.CrossBorder, 0, 1)]
    [InlineData(Tier.Major, 1, 2, 4, 5)]
    [InlineData(Tier.Significant, 2, 3)]
    [InlineData(Tier.General, 3, 4, 5, 6)]
    public async Task Receivers_of_a_tier_are_told_that_it_is_left(Tier tier, params int[] told)
    {
        await using var plant = await RiseAndFallAsync(hasNoise: false);
        await using var bench = new OutboxBench();
        bench.Router = new Router(["r"], [new RouteDefinition { Tiers = [tier], States = ["firing", "tier-changed", "resolved"], Receivers = ["r"] }]);
        var receiver = new ScriptedReceiver(OutboxBench.Quick);
        bench.Start(receiver);
        var steps = await plant.LogAsync();
        bench.Publish([.. steps]);
        await receiver.WaitForAsync(told.Length);
        bench.Publish(steps[0] with { AlertId = "last", Tier = tier });
        await receiver.WaitForAsync(1);
        Assert.Equal([.. told.Select(i => steps[i].Id), "last-1"], receiver.Taken);
    }

    /// <summary>thingsboard#11434: a lower tier does not take over the duty of the higher one, and coming down gains nobody time.</summary>
    [Fact]
    public async Task The_duty_of_the_highest_tier_stays_though_the_alert_has_come_down()
    {
        await using var plant = await Plant.StartAsync(Heat);
        await plant.RowAsync(0, "d", ("t", 55));
        await plant.RowAsync(60, "d", ("t", 35));
        await plant.Engine.DrainAsync(CancellationToken.None);
        var status = Assert.Single(plant.Engine.Alerts.Open()).Status!;
        Assert.Equal((Tier.General, Tier.Major, Plant.T0 + (4 * 3_600_000L)), (status.Tier, status.DutyTier, status.DueMs));
    }

    private static async Task<Plant> RiseAndFallAsync(bool hasNoise)
    {
        var plant = await Plant.StartAsync(Heat);
        if (hasNoise)
        {
            Assert.True((await plant.Engine.RuleSets.SubmitAsync([Plant.FileOf(Heat), new RuleFile("n.yaml", Noise)], "test", CancellationToken.None)).Accepted);
        }

        var second = 0;
        foreach (var value in (int[])[65, 55, 45, 35, 55, 35, 5])
        {
            await plant.RowAsync(second += 10, "d", ("t", value));
            if (second is 20 or 50)
            {
                await plant.CrashAsync();
            }
        }

        return plant;
    }

    private static string Words(AlertTransition step) =>
        string.Create(CultureInfo.InvariantCulture, $"{step.State.Name()} {(step.Tier == Tier.None ? "" : step.Tier.Name())}{(step.PreviousTier == Tier.None ? "" : "<" + step.PreviousTier.Name())}");
}
