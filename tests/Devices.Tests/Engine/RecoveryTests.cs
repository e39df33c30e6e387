using System.Text;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Snapshots;
using Fengsui.Devices.Tests.Engine.Support;
using Xunit;

namespace Fengsui.Devices.Tests.Engine;

/// <summary>Same journal, same state and same alerts, however often and wherever the process was stopped.</summary>
public sealed class RecoveryTests
{
    private const int Blocks = 60;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Snapshot_and_replay_give_the_state_and_the_alerts_of_an_uninterrupted_run(int seed)
    {
        var script = Script.Of(seed, Blocks);
        var (snapshots, log) = await RunAsync(script);
        Assert.True(log.AsSpan().Count((byte)'\n') > 20, "the script has too few alerts to prove anything");
        for (var at = 0; at < Blocks - 1; at++)
        {
            await using var rig = new EngineRig(shards: 1 + at % 3, alertLog: Prefix(log, script[at + (Blocks - at) / 2].End));
            await rig.RestoreAsync(snapshots[at]);
            var known = rig.Book.List(includeResolved: true).Sum(alert => alert.Transitions.Count + alert.Events.Count);
            script[(at + 1)..].ForEach(rig.Deliver);
            Assert.Equal(Encoding.UTF8.GetString(log), Encoding.UTF8.GetString(await rig.AlertLogAsync()));
            Assert.Equal(snapshots[^1], await rig.SnapshotAsync());
            Assert.Empty(rig.Faults);
            Assert.Equal(log.AsSpan().Count((byte)'\n') - known, rig.Sink.Published.Count);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Any_number_of_shards_gives_the_same_alerts_and_the_same_state(int seed)
    {
        var script = Script.Of(seed, 3 * Blocks);
        var expected = await RunAsync(script, shards: 1, everySnapshot: false);
        foreach (var shards in (int[])[2, 3, 5])
        {
            var actual = await RunAsync(script, shards, everySnapshot: false);
            Assert.Equal(Encoding.UTF8.GetString(expected.Log), Encoding.UTF8.GetString(actual.Log));
            Assert.Equal(expected.Snapshots[^1], actual.Snapshots[^1]);
        }
    }

    [Fact]
    public async Task The_ledger_is_balanced_at_every_point()
    {
        var (snapshots, _) = await RunAsync(Script.Of(seed: 6, Blocks));
        foreach (var ledger in snapshots.Select(snapshot => Snapshot.Decode(snapshot).Ledger))
        {
            for (var source = 0; source < ledger.Sources; source++)
            {
                Assert.True(ledger[source].IsBalanced, $"{ledger[source]}");
            }
        }

        Assert.True(Snapshot.Decode(snapshots[^1]).Ledger[1].Received > 100);
    }

    private static async Task<(List<byte[]> Snapshots, byte[] Log)> RunAsync(List<ScriptBlock> script, int shards = 1, bool everySnapshot = true)
    {
        await using var rig = new EngineRig(shards);
        var snapshots = new List<byte[]>();
        foreach (var block in script)
        {
            rig.Deliver(block);
            if (everySnapshot || ReferenceEquals(block, script[^1]))
            {
                snapshots.Add(await rig.SnapshotAsync());
            }
        }

        var log = await rig.AlertLogAsync();
        Assert.Empty(rig.Faults);
        Assert.Equal(log.AsSpan().Count((byte)'\n'), rig.Sink.Published.Count);
        Assert.Equal(Enumerable.Range(1, rig.Sink.Published.Count).Select(number => (long)number), rig.Sink.Published.Select(one => one.Number));
        return (snapshots, log);
    }

    /// <summary>What a crash left of a log: every line of a cause up to a position.</summary>
    private static byte[] Prefix(byte[] log, long position) => [.. Encoding.UTF8.GetString(log)
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .TakeWhile(line => AlertJson.Read(Encoding.UTF8.GetBytes(line[..line.LastIndexOf('\t')])).JournalPosition <= position)
        .SelectMany(line => Encoding.UTF8.GetBytes(line + "\n"))];
}
