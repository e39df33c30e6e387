using Fengsui.Devices.Alerts;
using Fengsui.Devices.Tests.KnownFailures;
using Fengsui.Rules;
using Fengsui.Rules.Alerts;
using Xunit;

namespace Fengsui.Devices.Tests.Alerts;

public sealed class AlertNoiseTests
{
    private const string Rules = "- { alert: Hot, tier: general, expr: t > 50 }\n- { alert: Fire, tier: major, expr: f > 50 }\n- { alert: Out, tier: cross-border, expr: x > 50 }";

    [Fact]
    public async Task An_alert_that_changes_too_often_is_held_back_and_told_when_it_is_steady()
    {
        await using var plant = await StartAsync("flapping: { changes: 4, within: 1m, steady_for: 1m }");
        for (var second = 0; second < 8; second++)
        {
            await plant.RowAsync(second, "d", ("t", second % 2 == 0 ? 60 : 10));
        }

        await plant.RowAsync(8, "d", ("t", 60));
        await plant.CrashAsync();
        await plant.TicksAsync(9, 90);
        Assert.Equal(
            ["0 firing", "1 resolved", "2 firing", "3 resolved", "3 flapping", "4 firing flapping", "5 resolved flapping", "6 firing flapping", "7 resolved flapping", "8 firing flapping", "68 steady", "68 released"],
            await StoryAsync(plant));
    }

    [Fact]
    public async Task Of_alerts_of_one_zone_and_cause_one_is_told_and_when_it_ends_the_next()
    {
        await using var plant = await StartAsync("grouping: { within: 1m }");
        await plant.RowAsync(0, "a", ("t", 60));
        await plant.RowAsync(1, "b", ("t", 60));
        await plant.RowAsync(2, "c", ("t", 60));
        await plant.RowAsync(3, "c", ("t", 10));
        await plant.CrashAsync();
        await plant.RowAsync(4, "a", ("t", 10));
        await plant.RowAsync(70, "e", ("t", 60));
        Assert.Equal(["0 firing", "1 firing grouped", "2 firing grouped", "3 resolved grouped", "4 resolved", "4 released", "70 firing"], await StoryAsync(plant));
        var entries = plant.Engine.ReadAlertLog(0, 10).Select(pair => pair.Value).ToList();
        Assert.Equal(entries[0].AlertId, entries[1].Group);
        Assert.Empty(plant.Engine.Duties.Held());
    }

    [Fact]
    public async Task A_major_alert_hides_the_general_ones_of_its_zone_until_no_major_one_is_left()
    {
        await using var plant = await StartAsync("inhibit: [{ source: major, target: general }]");
        await plant.RowAsync(0, "m1", ("f", 60));
        await plant.RowAsync(1, "m2", ("f", 60));
        await plant.RowAsync(2, "a", ("t", 60));
        await plant.RowAsync(3, "b", ("t", 60));
        await plant.RowAsync(4, "m1", ("f", 10));
        await plant.CrashAsync();
        Assert.Equal(2, plant.Engine.Duties.Held().Count);
        await plant.RowAsync(5, "m2", ("f", 10));
        Assert.Equal(
            ["0 firing", "1 firing", "2 firing inhibited", "3 firing inhibited", "4 resolved", "5 resolved", "5 released", "5 released"], await StoryAsync(plant));
    }

    [Fact]
    public async Task In_a_flood_the_first_is_marked_the_rest_is_held_back_and_told_when_it_is_over()
    {
        await using var plant = await StartAsync("flood: { alerts: 3, within: 1m, below: 2 }");
        for (var device = 0; device < 7; device++)
        {
            await plant.RowAsync(device, $"d{device}", ("t", 60));
        }

        await plant.RowAsync(8, "major", ("f", 60));
        await plant.RowAsync(9, "d6", ("t", 10));
        await plant.CrashAsync();
        await plant.TicksAsync(10, 80);
        Assert.Equal(
            ["0 firing", "1 firing", "2 firing", "3 firing", "3 flood-began", "4 firing flood", "5 firing flood", "6 firing flood", "8 firing", "9 resolved flood", "66 flood-ended", "66 released", "66 released"],
            await StoryAsync(plant));
        Assert.Equal("d0", Assert.Single(plant.Engine.ReadAlertLog(0, 100).Select(pair => pair.Value), entry => entry.IsFirstOut).Device);
    }

    /// <summary>Whatever happens, nothing of the highest tier is held back, what is held back and fires is told in the end, and a restart changes nothing.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Nothing_of_the_highest_tier_is_ever_held_back_and_restarts_change_nothing(int seed)
    {
        const string Noise = "flapping: { changes: 4, within: 1m, steady_for: 20s }\n  grouping: { within: 30s }\n  inhibit: [{ source: major }, { source: cross-border }]\n  flood: { alerts: 3, within: 20s, up_to: major }";
        var restarted = await RunAsync(seed, Noise, restarts: true);
        Assert.Equal(await RunAsync(seed, Noise, restarts: false), restarted);
        Assert.Contains(restarted, line => line.Contains("held_by", StringComparison.Ordinal));
        Assert.DoesNotContain(restarted.Where(line => line.Contains("held_by", StringComparison.Ordinal)), line => line.Contains("\"cross-border\"", StringComparison.Ordinal));
    }

    private static async Task<List<string>> RunAsync(int seed, string noise, bool restarts)
    {
        var random = new Random(seed);
        await using var plant = await StartAsync(noise);
        for (var second = 0; second < 400; second++)
        {
            await plant.RowAsync(second, $"d{random.Next(6)}", (random.Next(6) switch { 0 => "x", 1 or 2 => "f", _ => "t" }, random.Next(3) == 0 ? 10 : 60));
            await plant.TicksAsync(second, second);
            if (random.Next(40) == 0 && restarts)
            {
                await plant.CrashAsync();
            }
        }

        await plant.TicksAsync(400, 500);
        await plant.Engine.DrainAsync(CancellationToken.None);
        return [.. plant.Engine.ReadAlertLog(0, int.MaxValue).Select(pair => Anywhere(pair.Value)).Select(entry => System.Text.Encoding.UTF8.GetString(AlertJson.ToBytes(entry)))];
    }

    /// <summary>A restart writes marks of its own into the journal: what comes later stands elsewhere.</summary>
    private static AlertEntry Anywhere(AlertEntry entry) => entry with { JournalPosition = 0, JournalIndex = 0 };

    private static async Task<Plant> StartAsync(string noise)
    {
        var plant = await Plant.StartAsync(Rules);
        var file = new RuleFile("noise.yaml", "noise:\n  " + noise + "\n");
        var outcome = await plant.Engine.RuleSets.SubmitAsync([Plant.FileOf(Rules), file], "test", CancellationToken.None);
        Assert.True(outcome.Accepted, string.Join('\n', outcome.Diagnostics));
        return plant;
    }

    private static async Task<List<string>> StoryAsync(Plant plant)
    {
        await plant.Engine.DrainAsync(CancellationToken.None);
        return [.. plant.Engine.ReadAlertLog(0, int.MaxValue).Select(pair => pair.Value).Select(entry =>
            $"{(entry.ReceiveTimeMs - Plant.T0) / 1000} {(entry is AlertEvent happened ? happened.Kind.Name() : ((AlertTransition)entry).State.Name())}{(entry.HeldBy == HoldReason.None ? "" : " " + entry.HeldBy.Name())}")];
    }
}
