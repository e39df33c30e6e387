using System.Text;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Alerts.Storage;
using Fengsui.Devices.Replay;
using Fengsui.Devices.Tests.KnownFailures;
using Fengsui.Rules;
using Fengsui.Rules.Alerts;
using Xunit;

namespace Fengsui.Devices.Tests.Alerts;

/// <summary>With commands, duties and noise in the journal, and crashes, a replay gives the alert log to the byte, whatever the number of shards.</summary>
public sealed class AlertReplayTests
{
    private const string Rules = "- { alert: Hot, tier: general, expr: t > 50, tiers: [{ tier: major, expr: t > 80 }] }";

    [Theory]
    [InlineData(1, 1, 64 << 20)]
    [InlineData(2, 3, 64 << 20)]
    [InlineData(3, 2, 20_000)]
    [InlineData(4, 2, 5_000)]
    public async Task A_replay_with_commands_and_duties_gives_the_log_to_the_byte(int seed, int shards, int segmentBytes)
    {
        await using var plant = await Plant.StartAsync(Rules, shards: 2, new AlertLogOptions { SegmentBytes = segmentBytes });
        await plant.Engine.RuleSets.SubmitAsync(
            [Plant.FileOf(Rules), new RuleFile("n.yaml", "noise: { flapping: { changes: 4 }, grouping: {}, flood: { alerts: 3 }, inhibit: [{ source: major }] }")], "test", CancellationToken.None);
        var random = new Random(seed);
        for (var step = 0; step < 150; step++)
        {
            var second = step * 600;
            await plant.RowAsync(second, $"d{random.Next(8)}", ("t", random.Next(100)));
            await plant.TicksAsync(second + 1, second + 1);
            await plant.Engine.DrainAsync(CancellationToken.None);
            if (plant.Engine.Alerts.Open() is { Count: > 0 } open && open[random.Next(open.Count)] is var alert)
            {
                // Refused ones and conflicts too: they stand in the journal as well.
                var command = new AlertCommand
                {
                    Id = $"c{step}",
                    AlertId = alert.Id,
                    ExpectedVersion = alert.Version - (random.Next(5) == 0 ? 1 : 0),
                    Action = (AlertAction)(1 + random.Next(8)),
                    Note = "n",
                    Assignee = "li",
                    DurationMs = 1_800_000,
                };
                await plant.Engine.AlertDesk.SubmitAsync(command, $"p{random.Next(3)}", ["safety", "customs"], CancellationToken.None);
            }

            if (step % 40 == 39)
            {
                await plant.Engine.SnapshotAsync(CancellationToken.None);
                await plant.CrashAsync();
            }
        }

        await plant.Engine.DrainAsync(CancellationToken.None);
        var live = plant.Engine.ReadAlertLog(0, int.MaxValue).Select(pair => Line(pair.Value)).ToList();
        Assert.Contains(live, line => line.Contains("\"event\":\"disposed\"", StringComparison.Ordinal));
        Assert.Contains(live, line => line.Contains("\"event\":\"overdue\"", StringComparison.Ordinal));
        Assert.Equal(live, await RunAsync(plant, shards, long.MinValue));
        var rest = await RunAsync(plant, shards, Plant.T0 + (100 * 600_000));
        Assert.True(rest.Count < live.Count);
        Assert.Equal(live[^rest.Count..], rest);
    }

    private static async Task<List<string>> RunAsync(Plant plant, int shards, long startMs)
    {
        var entries = new List<AlertEntry>();
        using var run = new JournalRun(new JournalRunOptions { DataDirectory = plant.DataDirectory, Shards = shards, StartMs = startMs }, entries.Add);
        await run.RunAsync(CancellationToken.None);
        Assert.Empty(run.Faults);
        return [.. entries.Select(Line)];
    }

    private static string Line(AlertEntry entry) => Encoding.UTF8.GetString(AlertJson.ToBytes(entry));
}
