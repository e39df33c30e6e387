using Fengsui.Devices.Alerts;
using Fengsui.Rules;
using Fengsui.Rules.Alerts;
using Xunit;

namespace Fengsui.Devices.Tests.KnownFailures;

/// <summary>An alarm that flaps is told once, and nobody hears that it stayed.</summary>
public sealed class OnlyFirstNotifiedWhenFlapping
{
    private const string Gas = "- { alert: Gas, expr: co > 20, tier: general }";

    /// <summary>alertmanager#204, #1063: the single changes are spared, that it flaps and where it ended is told.</summary>
    [Fact]
    public async Task That_it_flaps_and_where_it_came_to_rest_is_told()
    {
        await using var plant = await Plant.StartAsync(Gas);
        await plant.Engine.RuleSets.SubmitAsync([Plant.FileOf(Gas), new RuleFile("n.yaml", "noise: { flapping: { changes: 4, within: 1m, steady_for: 1m } }")], "test", CancellationToken.None);
        for (var second = 0; second < 21; second++)
        {
            await plant.RowAsync(second, "probe", ("co", second % 2 == 0 ? 25 : 5));
        }

        await plant.TicksAsync(21, 120);
        await plant.Engine.DrainAsync(CancellationToken.None);
        var told = plant.Engine.ReadAlertLog(0, 100).Select(pair => pair.Value).Where(entry => entry.HeldBy == HoldReason.None).ToList();
        Assert.Equal(
            ["firing", "resolved", "firing", "resolved", "flapping", "steady", "released"],
            told.Select(entry => entry is AlertEvent happened ? happened.Kind.Name() : ((AlertTransition)entry).State.Name()));
        Assert.True(Assert.IsType<AlertEvent>(told[^2]).IsFiring);
    }
}
