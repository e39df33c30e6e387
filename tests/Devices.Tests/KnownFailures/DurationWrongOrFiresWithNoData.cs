using Xunit;

namespace Fengsui.Devices.Tests.KnownFailures;

/// <summary>How long an alarm lasted, as its log tells it.</summary>
public sealed class DurationWrongOrFiresWithNoData
{
    /// <summary>thingsboard#14301: of an alarm that was active for 15 min the duration is shown as 0.</summary>
    [Fact]
    public async Task A_resolved_alarm_says_when_it_began_and_when_it_ended()
    {
        await using var plant = await Plant.StartAsync("- { alert: Hot, expr: temperature > 30, for: 10s, tier: general }");
        await plant.HoldAsync(0, 900, "probe", ("temperature", 35));
        await plant.RowAsync(901, "probe", ("temperature", 20));
        var log = await plant.LogAsync();
        Assert.Equal([(0L, 10_000L), (0L, 901_000L)], log.Select(step => (step.StartTimeMs - Plant.T0, step.EventTimeMs - Plant.T0)));
    }
}
