using Fengsui.Devices.Records;
using Xunit;

namespace Fengsui.Devices.Tests.KnownFailures;

/// <summary>After some message, some edit or some months, rules are no longer run and nobody is told.</summary>
public sealed class RulesStopSilently
{
    private const string Gas = "- { alert: Gas, expr: co > 20, tier: general }";

    /// <summary>thingsboard#14468: after some message the rule node throws at every one that follows; #5238: until somebody restarts the server.</summary>
    [Fact]
    public async Task A_batch_that_cannot_be_understood_is_reported_and_the_rules_go_on()
    {
        await using var plant = await Plant.StartAsync(Gas);
        await plant.RowAsync(0, "probe", ("co", 5));
        foreach (var broken in (byte[][])[[200, 1, 2], [], [(byte)BatchKind.Declarations, 4, 9], [(byte)BatchKind.Readings, 1, 0, 0]])
        {
            plant.Engine.JournalLog.TryAppend(broken, null, out _);
        }

        await plant.RowAsync(1, "probe", ("co", 25));
        Assert.Equal(["1 Gas probe firing"], await plant.AlertsAsync());
        Assert.Contains(plant.Incidents, incident => incident.Contains("journal position", StringComparison.Ordinal));
    }

    /// <summary>thingsboard#14468: a value that no one thought of.</summary>
    [Fact]
    public async Task No_number_stops_a_rule()
    {
        const string Rules = Gas + "\n" + """
            - { alert: Ratio, expr: "co / h2s > 2", tier: general }
            - { alert: Mean, expr: "avg(co, 1m) / stddev(co, 1m) > 1e9", tier: general }
            - { alert: Dose, expr: "stel(co) > 1 or time_to_limit(twa(co), 5) < 1", tier: general }
            - { alert: Three, expr: "n_of_m(2, 3, co > h2s) and changes(co, 1m) > 0 and rate(co, 1m) > 0", tier: general }
            """;
        await using var plant = await Plant.StartAsync(Rules);
        var second = 0;
        double[] odd = [0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.MinValue, double.Epsilon, -1e308, 1e-320];
        foreach (var co in odd)
        {
            foreach (var h2s in odd)
            {
                await plant.HoldAsync(second, second, "probe", ("co", co), ("h2s", h2s));
                second++;
            }
        }

        await plant.HoldAsync(second, second, "probe", ("co", 1), ("h2s", 1));
        await plant.AlertsAsync();
        await plant.HoldAsync(second + 1, second + 1, "probe", ("co", 25), ("h2s", 1));
        Assert.Contains($"{second + 1} Gas probe firing", await plant.AlertsAsync());
        Assert.Null((await plant.Engine.Queries.DeviceAsync("probe"))!.Quarantine);
        Assert.Empty(plant.Incidents);
    }

    /// <summary>thingsboard#9625: an edit that is wrong leaves no rule at all.</summary>
    [Fact]
    public async Task An_edit_with_a_mistake_is_refused_with_its_place_and_the_rules_before_go_on()
    {
        await using var plant = await Plant.StartAsync(Gas);
        var refused = await plant.RulesAsync("- { alert: Gas, expr: co > , tier: general }\n- { alert: Other, expr: co > 20, tier: grave }");
        Assert.False(refused.Accepted);
        Assert.Equal([4, 5], refused.Diagnostics.Select(mistake => mistake.Line));
        await plant.RowAsync(1, "probe", ("co", 25));
        Assert.Equal(["1 Gas probe firing"], await plant.AlertsAsync());
    }

    /// <summary>jetlinks-community#411: one rule is switched off and on again; then neither it nor its neighbours run, though they are shown as running.</summary>
    [Fact]
    public async Task A_rule_that_is_switched_off_and_on_takes_no_other_along_and_runs_again()
    {
        await using var plant = await Plant.StartAsync(Two(false));
        for (var round = 0; round < 20; round++)
        {
            var isOff = round % 2 == 0;
            Assert.True((await plant.RulesAsync(Two(isOff))).Accepted);
            if (round % 7 == 6)
            {
                await plant.RestartAsync();
            }

            await plant.RowAsync(round * 10, "probe", ("co", 99));
            await plant.RowAsync((round * 10) + 1, "probe", ("co", 5));
            var rules = (await plant.AlertsAsync()).Select(step => step.Split(' ')[1]).ToList();
            Assert.Equal(isOff ? ["Other", "Other"] : ["Gas", "Other", "Gas", "Other"], rules);
        }
    }

    private static string Two(bool isOff) =>
        $"- {{ alert: Gas, expr: co > 20, tier: general, disabled: {(isOff ? "true" : "false")} }}\n- {{ alert: Other, expr: co > 30, tier: general }}";
}
