using Xunit;

namespace Fengsui.Devices.Tests.KnownFailures;

/// <summary>Backlogs and wrong clocks, as the engine sees them: with the time of arrival beside the time of the reading.</summary>
public sealed class OutOfOrderAndClock
{
    private const string Gas = "- { alert: Gas, expr: co > 20, for: 3s, tier: general }";

    /// <summary>thingsboard#6351: the clock is corrected, and from then on everything is older than what was.</summary>
    [Fact]
    public async Task A_device_whose_clock_was_hours_fast_and_is_set_right_is_not_blind_until_it_has_caught_up()
    {
        await using var plant = await Plant.StartAsync(Gas);
        for (var second = 0; second < 20; second++)
        {
            await plant.RowAsync(second + 28_800, second, "probe", ("co", 5));
        }

        for (var second = 20; second < 60; second++)
        {
            await plant.RowAsync(second, "probe", ("co", 25));
        }

        var step = Assert.Single(await plant.AlertsAsync());
        Assert.InRange(double.Parse(step.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture), 23, 45);
    }

    /// <summary>thingsboard#4207: what a gateway kept while it was cut off fires as if it were now.</summary>
    [Fact]
    public async Task A_backlog_of_yesterday_fires_nothing_beside_live_readings()
    {
        await using var plant = await Plant.StartAsync(Gas);
        for (var second = 0; second < 30; second++)
        {
            await plant.RowAsync(86_400 + second, "probe", ("co", 5));
            await plant.RowAsync(second, 86_400 + second, "probe", ("co", 99));
        }

        Assert.Empty(await plant.AlertsAsync());
    }

    /// <summary>thingsboard#6773: an alarm begins by the time of the reading, and is updated by the time of the server.</summary>
    [Fact]
    public async Task Every_step_of_an_alarm_has_the_time_of_its_reading_and_that_of_its_arrival()
    {
        await using var plant = await Plant.StartAsync("- { alert: Gas, expr: co > 20, tier: general, tiers: [{ tier: major, expr: co > 50 }] }");
        foreach (var (second, co) in ((int, double)[])[(0, 25), (10, 60), (20, 5)])
        {
            await plant.RowAsync(second, second + 3_600, "probe", ("co", co));
        }

        var log = await plant.LogAsync();
        Assert.Equal([0, 10_000, 20_000], log.Select(step => step.EventTimeMs - Plant.T0));
        Assert.Equal([3_600_000, 3_610_000, 3_620_000], log.Select(step => step.ReceiveTimeMs - Plant.T0));
    }

    /// <summary>thingsboard#1264: what comes in another order on the way gives another result each time.</summary>
    [Fact]
    public async Task The_same_readings_in_the_same_order_of_arrival_give_the_same_alerts_each_time()
    {
        var logs = new List<List<string>>();
        foreach (var shards in (int[])[1, 2, 3])
        {
            await using var plant = await Plant.StartAsync(Gas, shards);
            var random = new Random(5);
            for (var second = 0; second < 300; second++)
            {
                await plant.RowAsync(second - (random.Next(4) == 0 ? random.Next(20) : 0), second, $"probe-{random.Next(5)}", ("co", random.Next(10) < 8 ? 25 : 5));
            }

            logs.Add(await plant.AlertsAsync());
        }

        Assert.NotEmpty(logs[0]);
        Assert.All(logs, log => Assert.Equal(logs[0], log));
    }
}
