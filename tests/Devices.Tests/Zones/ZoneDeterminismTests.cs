using System.Text;
using Fengsui.Devices.Tests.Engine.Support;
using Xunit;

namespace Fengsui.Devices.Tests.Zones;

/// <summary>Same journal, same zones and same alerts, whatever the number of shards and wherever the process was stopped.</summary>
public sealed class ZoneDeterminismTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Any_number_of_shards_gives_the_same_zones_and_alerts(int seed)
    {
        var script = SiteScript.Of(seed, 600);
        var (snapshots, log) = await RunAsync(script, 1, every: 600);
        var text = Encoding.UTF8.GetString(log);
        foreach (var rule in (string[])["High", "Open", "Dose", "Mean", "Inside", "Over", "Alone", "Some", "Stranger", "Stel", "Silent", "Blind"])
        {
            Assert.Contains($"g/{rule}\"", text, StringComparison.Ordinal);
        }

        foreach (var shards in (int[])[2, 4])
        {
            var other = await RunAsync(script, shards, every: 600);
            Assert.Equal(text, Encoding.UTF8.GetString(other.Log));
            Assert.Equal(snapshots[^1], other.Snapshots[^1]);
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_restart_at_any_place_changes_nothing(int seed)
    {
        var script = SiteScript.Of(seed, 240);
        var (snapshots, log) = await RunAsync(script, 1, every: 16);
        for (var at = 0; at < snapshots.Count; at++)
        {
            await using var rig = new EngineRig(shards: 1 + at % 4, alertLog: UpTo(log, script[(at + 1) * 16 - 1].End));
            await rig.RestoreAsync(snapshots[at]);
            script[((at + 1) * 16)..].ForEach(rig.Deliver);
            Assert.Equal(Encoding.UTF8.GetString(log), Encoding.UTF8.GetString(await rig.AlertLogAsync()));
            Assert.Equal(snapshots[^1], await rig.SnapshotAsync());
            Assert.Empty(rig.Faults);
        }
    }

    /// <summary>The log as it was at a position: a restart finds it.</summary>
    private static byte[] UpTo(byte[] log, long position) => Encoding.UTF8.GetBytes(string.Concat(Encoding.UTF8.GetString(log)
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .TakeWhile(line => long.Parse(line.Split("\"position\":")[1].Split(',')[0]) <= position)
        .Select(line => line + "\n")));

    private static async Task<(List<byte[]> Snapshots, byte[] Log)> RunAsync(List<ScriptBlock> script, int shards, int every)
    {
        await using var rig = new EngineRig(shards);
        var snapshots = new List<byte[]>();
        for (var i = 0; i < script.Count; i++)
        {
            rig.Deliver(script[i]);
            if ((i + 1) % every == 0)
            {
                snapshots.Add(await rig.SnapshotAsync());
            }
        }

        var log = await rig.AlertLogAsync();
        Assert.Empty(rig.Faults);
        return (snapshots, log);
    }
}
