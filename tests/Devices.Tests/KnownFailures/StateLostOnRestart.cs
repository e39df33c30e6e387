using Xunit;

namespace Fengsui.Devices.Tests.KnownFailures;

/// <summary>A restart, a crash or a reload forgets what was pending, what fires and what windows hold. Each situation is met both ways.</summary>
public sealed class StateLostOnRestart
{
    /// <summary>kapacitor#1898, #1784, thingsboard (state persistence is opt-in): a pending duration begins anew.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_duration_that_has_begun_goes_on(bool isCrash)
    {
        await using var plant = await Plant.StartAsync("- { alert: Hot, expr: temperature > 30, for: 10s, tier: general }");
        await plant.HoldAsync(0, 6, "probe", ("temperature", 35));
        await AgainAsync(plant, isCrash);
        await plant.HoldAsync(7, 9, "probe", ("temperature", 35));
        Assert.Empty(await plant.AlertsAsync());
        await plant.HoldAsync(10, 11, "probe", ("temperature", 35));
        Assert.Equal(["10 Hot probe firing"], await plant.AlertsAsync());
    }

    /// <summary>kapacitor#1115, #2336, alertmanager#2370, #889, grafana#68162, grafana/alerting#156: what fires is told again; kapacitor#744, #1898: it never resolves.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_alert_that_fires_is_not_told_again_and_resolves_under_its_id(bool isCrash)
    {
        await using var plant = await Plant.StartAsync("- { alert: Gas, expr: co > 20, clear: co < 10, tier: general }");
        await plant.RowAsync(0, "probe", ("co", 25));
        for (var second = 1; second <= 3; second++)
        {
            await AgainAsync(plant, isCrash);
            Assert.Equal(1, plant.Engine.Alerts.ActiveCount);
            await plant.RowAsync(second, "probe", ("co", 15));
        }

        await plant.RowAsync(4, "probe", ("co", 5));
        Assert.Equal(["0 Gas probe firing", "4 Gas probe resolved"], await plant.AlertsAsync());
        Assert.Single((await plant.LogAsync()).Select(step => step.AlertId).Distinct());
    }

    /// <summary>ekuiper#3847: the window is empty after the restart, even with QoS 1; kapacitor#1222: after a crash nothing leads back to where it was.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Windows_exposures_and_sequences_hold_what_they_held(bool isCrash)
    {
        const string Rules = """
            - { alert: Mean, expr: "avg(co, 1m) > 20", tier: general }
            - { alert: Short, expr: "stel(co) > 2", tier: general }
            - { alert: Three, expr: "n_of_m(3, 5, co > 39)", tier: general }
            - { alert: Then, expr: "co > 39 followed by co < 2 within 1m", tier: general }
            """;
        await using var whole = await Plant.StartAsync(Rules);
        await RunAsync(whole, () => Task.CompletedTask);
        await using var broken = await Plant.StartAsync(Rules);
        await RunAsync(broken, () => AgainAsync(broken, isCrash));
        var steps = await broken.AlertsAsync();
        Assert.Equal(await whole.AlertsAsync(), steps);
        Assert.All((string[])["Mean", "Short", "Three", "Then"], rule => Assert.Contains(steps, step => step.Contains(rule, StringComparison.Ordinal)));
    }

    /// <summary>Our own outage is not the silence of every device; and the silence before it is not forgotten.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Silence_before_the_outage_counts_and_the_outage_does_not(bool isCrash)
    {
        await using var plant = await Plant.StartAsync("- { alert: Silent, expr: \"absent(co, 30s)\", tier: general }");
        await plant.RowAsync(0, "probe", ("co", 5));
        await plant.TicksAsync(1, 20);
        await AgainAsync(plant, isCrash);
        await plant.TicksAsync(3600, 3604);
        Assert.Empty(await plant.AlertsAsync());
        await plant.TicksAsync(3605, 3620);
        Assert.Equal("3605 Silent probe firing", Assert.Single(await plant.AlertsAsync()));
    }

    /// <summary>Reload: to change one rule, or the text of another, must not reset what is pending and firing elsewhere.</summary>
    [Fact]
    public async Task A_reload_resets_the_rule_that_changed_and_no_other()
    {
        const string Kept = """
            - { alert: Slow, expr: temperature > 30, for: 10s, tier: general, annotations: { summary: "TEXT" } }
            - { alert: Long, expr: "avg(temperature, 1m) > 32", tier: general }

            """;
        await using var plant = await Plant.StartAsync(Kept + "- { alert: Changed, expr: temperature > 31, tier: general }");
        await plant.HoldAsync(0, 6, "probe", ("temperature", 35));
        Assert.Equal(["0 Changed probe firing", "0 Long probe firing"], (await plant.AlertsAsync()).Order(StringComparer.Ordinal));
        Assert.True((await plant.RulesAsync(Kept.Replace("TEXT", "other", StringComparison.Ordinal) + "- { alert: Changed, expr: temperature > 99, tier: general }")).Accepted);
        await plant.HoldAsync(7, 10, "probe", ("temperature", 35));
        Assert.Equal(["6 Changed probe resolved", "10 Slow probe firing"], await plant.AlertsAsync());
    }

    /// <summary>A crash finds the journal only; a stop in order finds a snapshot too.</summary>
    private static async Task AgainAsync(Plant plant, bool isCrash)
    {
        if (isCrash)
        {
            await plant.CrashAsync();
            return;
        }

        await plant.Engine.SnapshotAsync(CancellationToken.None);
        await plant.RestartAsync();
    }

    private static async Task RunAsync(Plant plant, Func<Task> between)
    {
        for (var second = 0; second < 120; second++)
        {
            await plant.HoldAsync(second, second, "probe", ("co", second is > 30 and < 90 ? 40 : 1));
            if (second is 32 or 60 or 89)
            {
                await between();
            }
        }
    }
}
