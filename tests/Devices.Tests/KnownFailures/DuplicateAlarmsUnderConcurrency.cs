using Xunit;

namespace Fengsui.Devices.Tests.KnownFailures;

/// <summary>Two messages of one device at nearly one time make two alarms, since finding out whether there is one and creating it are two steps.</summary>
public sealed class DuplicateAlarmsUnderConcurrency
{
    private const string Gas = "- { alert: Gas, expr: co > 20, clear: co < 10, tier: general, tiers: [{ tier: major, expr: co > 50 }] }";

    /// <summary>thingsboard#15583, #2986, #5652: messages ms apart, handled at the same time.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Many_gateways_that_report_one_breach_at_once_make_one_alarm(int shards)
    {
        await using var plant = await Plant.StartAsync(Gas, shards);
        await plant.RowAsync(0, "probe", ("co", 5));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(gateway => Task.Run(async () =>
        {
            for (var i = 0; i < 200; i++)
            {
                await plant.RowAsync(1 + (i * 0.008) + (gateway * 0.001), "probe", ("co", 25));
            }
        })));
        Assert.Single(await plant.AlertsAsync(), step => step.EndsWith("Gas probe firing", StringComparison.Ordinal));
        Assert.Equal(1, plant.Engine.Alerts.ActiveCount);
        Assert.Equal(1, plant.Engine.AlertLogCount);
    }

    /// <summary>thingsboard#2986: the gateway sends again what was not acknowledged in time.</summary>
    [Fact]
    public async Task A_message_that_is_sent_again_is_no_second_alarm()
    {
        await using var plant = await Plant.StartAsync(Gas);
        for (var time = 0; time < 5; time++)
        {
            await plant.RowAsync(1, "probe", ("co", 60));
            await plant.RowAsync(2, "probe", ("co", 5));
        }

        Assert.Equal(["1 Gas probe firing", "2 Gas probe resolved"], await plant.AlertsAsync());
        Assert.Equal(8, (await plant.Engine.Queries.LedgerAsync(CancellationToken.None)).Total.Duplicate);
    }

    /// <summary>thingsboard#5652: two rules, two devices: each has its own, and each once.</summary>
    [Fact]
    public async Task Alarms_of_many_devices_at_one_time_are_one_each_with_an_id_of_its_own()
    {
        await using var plant = await Plant.StartAsync(Gas, shards: 4);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(gateway => Task.Run(async () =>
        {
            for (var device = 0; device < 100; device++)
            {
                await plant.RowAsync(1, $"probe-{device}", ("co", 25 + gateway));
            }
        })));
        var log = await plant.LogAsync();
        Assert.Equal(100, log.Count);
        Assert.Equal(100, log.Select(step => step.AlertId).Distinct().Count());
    }
}
