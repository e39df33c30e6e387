using Xunit;

namespace Fengsui.Devices.Tests.KnownFailures;

/// <summary>Silence of many devices at once.</summary>
public sealed class NoDataLateOrMissing
{
    /// <summary>thingsboard#6821: it is noticed thirty times too late; #2968: tens of seconds too early or too late.</summary>
    [Fact]
    public async Task Two_thousand_devices_that_fall_silent_together_are_missed_in_the_same_second()
    {
        await using var plant = await Plant.StartAsync("- { alert: Silent, expr: \"absent(co, 30s)\", tier: general }");
        for (var device = 0; device < 2_000; device++)
        {
            await plant.RowAsync(1, $"probe-{device}", ("co", 5));
        }

        await plant.TicksAsync(2, 30);
        Assert.Empty(await plant.AlertsAsync());
        await plant.TicksAsync(31, 31);
        var steps = await plant.AlertsAsync();
        Assert.Equal(2_000, steps.Count);
        Assert.All(steps, step => Assert.StartsWith("31 Silent ", step, StringComparison.Ordinal));
    }
}
