using System.Text;
using Fengsui.Devices.Actors;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Devices.Snapshots;
using Fengsui.Devices.Tests.Engine.Support;
using Fengsui.Support;
using Xunit;

namespace Fengsui.Devices.Tests.Shards;

public sealed class ShardTests
{
    private const long T0 = 1_700_000_000_000;

    [Fact]
    public async Task A_batch_of_readings_allocates_nothing_in_steady_state()
    {
        await using var rig = new EngineRig(shards: 1);
        rig.Deliver(Setup(devices: 20));
        var batches = Enumerable.Range(0, 120).Select(i => TestBatch.Readings(
            1, T0 + i * 100, [.. Enumerable.Range(0, 40).Select(row => new TestRow(row % 20, 0, T0 + i * 100 + row / 20, [20 + row % 5, 10]))])).ToArray();
        var allocated = await rig.AskAsync(core =>
        {
            for (var i = 0; i < 60; i++)
            {
                core.Process(1_000_000 + i, batches[i]);
            }

            // A round is a part of the batches, since each batch can be applied once only.
            var next = 60;
            return Allocation.LeastOf(() =>
            {
                for (var i = 0; i < 7; i++, next++)
                {
                    core.Process(1_000_000 + next, batches[next]);
                }
            });
        });
        Assert.Equal(0, allocated[0]);
        Assert.Equal(116 * 40 * 2, (await rig.AskAsync(core => core.Stats.Readings))[0]);
    }

    [Fact]
    public async Task A_damaged_batch_is_passed_over_whole_by_every_shard_and_the_next_ones_go_on()
    {
        await using var rig = new EngineRig(shards: 3);
        rig.Deliver(Setup(devices: 6));
        var good = TestBatch.Readings(1, T0, [.. Enumerable.Range(0, 6).Select(device => new TestRow(device, 0, T0, [20, 10]))]);
        var noLength = (byte[])good.Clone();
        noLength[ReadingsBatch.HeaderBytes + 2] = 0;
        noLength[ReadingsBatch.HeaderBytes + 3] = 0;
        byte[][] damaged =
        [
            [], [99, 1, 2], [(byte)BatchKind.Tick], [(byte)BatchKind.Mark], [(byte)BatchKind.RuleSet, 1], [(byte)BatchKind.Declarations, 4, 1],
            noLength,
            TestBatch.Readings(1, T0, new TestRow(0, 0, T0, [1, 2]), new TestRow(77, 0, T0, [1, 2])),
            TestBatch.Readings(1, T0, new TestRow(0, 0, T0, [1, 2]), new TestRow(1, 9, T0, [1, 2])),
            TestBatch.Readings(1, T0, new TestRow(0, 0, T0, [1, 2, 3])),
            TestBatch.Readings(2_000_000_000, T0, new TestRow(0, 0, T0, [1, 2])),
            TestBatch.Readings(-1, T0, new TestRow(0, 0, T0, [1, 2])),
            [.. good, 7],
            [.. TestBatch.Readings(1, T0), .. TestBatch.DeadLetter("t", "p")[..9]],
        ];
        foreach (var batch in damaged.Concat(Enumerable.Range(1, good.Length - 1).Where(n => (n - ReadingsBatch.HeaderBytes) % 40 != 0).Select(n => good[..n])))
        {
            rig.Deliver(new ScriptBlock(1L << 20, [batch]));
        }

        Assert.Equal(0, Ledger(await rig.SnapshotAsync()).Received);
        Assert.True(rig.Faults.Count >= 3 * damaged.Length);
        rig.Deliver(new ScriptBlock(1L << 30, [good]));
        var counts = Ledger(await rig.SnapshotAsync());
        Assert.Equal((12, 12), (counts.Received, counts.Applied));
    }

    [Fact]
    public async Task An_idle_device_is_packed_away_unless_an_alert_of_it_is_open()
    {
        await using var rig = new EngineRig(shards: 1);
        rig.Deliver([.. Setup(devices: 3), TestBatch.Readings(1, T0, new(0, 0, T0, [20, 10]), new(1, 0, T0, [20, 50]), new(2, 0, T0, [40, 10]))]);
        rig.Deliver(TestBatch.Tick(T0 + 20 * 60_000));
        Assert.Equal((2, 1), (await rig.AskAsync(core => (core.Actors.LiveCount, core.Actors.PassiveCount)))[0]);
        rig.Deliver(TestBatch.Readings(1, T0 + 20 * 60_000, new TestRow(0, 0, T0, [20, 10])));
        Assert.Equal((3, 0), (await rig.AskAsync(core => (core.Actors.LiveCount, core.Actors.PassiveCount)))[0]);
        Assert.Equal(2, Ledger(await rig.SnapshotAsync()).Duplicate);
    }

    [Fact]
    public async Task Packing_away_and_waking_changes_nothing()
    {
        var script = Script.Of(seed: 8, blocks: 200);
        await using var eager = new EngineRig(shards: 2, new ActorOptions { PassivateAfter = TimeSpan.FromSeconds(1) });
        await using var never = new EngineRig(shards: 2, new ActorOptions { PassivateAfter = TimeSpan.FromDays(1000) });
        script.ForEach(eager.Deliver);
        script.ForEach(never.Deliver);
        Assert.Equal(Encoding.UTF8.GetString(await never.AlertLogAsync()), Encoding.UTF8.GetString(await eager.AlertLogAsync()));
        Assert.Equal(await never.SnapshotAsync(), await eager.SnapshotAsync());
    }

    [Fact]
    public async Task A_device_whose_rules_fail_rests_with_a_back_off_and_its_neighbours_never_notice()
    {
        var isBroken = true;
        var calls = 0;
        await using var rig = new EngineRig(shards: 1, new ActorOptions
        {
            BeforeRules = device =>
            {
                if (device.Id == 0 && isBroken)
                {
                    calls++;
                    throw new InvalidOperationException("rules are broken");
                }
            },
        });
        rig.Deliver(Setup(devices: 2));
        for (var i = 0; i < 60; i++)
        {
            rig.Deliver(TestBatch.Readings(1, T0 + i * 1_000, new(0, 0, T0 + i * 1_000, [20, 50]), new(1, 0, T0 + i * 1_000, [20, i == 0 ? 50 : 10])));
        }

        var log = Encoding.UTF8.GetString(await rig.AlertLogAsync());
        Assert.Equal(6, calls);
        Assert.DoesNotContain("device-0", log, StringComparison.Ordinal);
        Assert.Contains("device-1", log, StringComparison.Ordinal);
        Assert.Equal((6, "InvalidOperationException: rules are broken"), (await rig.AskAsync(core =>
            (core.Actors.Find(0)!.Quarantine!.Failures, core.Actors.Find(0)!.Quarantine!.Reason)))[0]);
        var counts = Ledger(await rig.SnapshotAsync());
        Assert.True(counts.IsBalanced && counts.Applied == 240, counts.ToString());
        isBroken = false;
        rig.Deliver(TestBatch.Readings(1, T0 + 70_000, new TestRow(0, 0, T0 + 70_000, [20, 50])));
        Assert.Contains("device-0", Encoding.UTF8.GetString(await rig.AlertLogAsync()), StringComparison.Ordinal);
        Assert.Null((await rig.AskAsync(core => core.Actors.Find(0)!.Quarantine))[0]);
    }

    [Fact]
    public async Task A_device_that_moves_twice_in_one_batch_takes_its_state_along()
    {
        var zones = Enumerable.Range(0, 9).Select(zone => $"zone-{zone}").ToArray();
        await using var rig = new EngineRig(shards: 3);
        var registry = new DeviceRegistry(new RegistryOptions());
        rig.Deliver([.. Setup(devices: 4, registry), TestBatch.Readings(1, T0, [.. Enumerable.Range(0, 4).Select(device => new TestRow(device, 0, T0, [20, 50]))])]);
        for (var round = 0; round < 50; round++)
        {
            for (var move = 0; move < 6; move++)
            {
                registry.Declare($"device-{move % 4}", new DeviceFacts("a", zones[(round * 5 + move * 2) % zones.Length], []));
            }

            rig.Deliver(TestBatch.Pending(registry));
        }

        rig.Deliver(TestBatch.Readings(1, T0 + 1, [.. Enumerable.Range(0, 4).Select(device => new TestRow(device, 0, T0, [20, 50]))]));
        Assert.Equal(8, Ledger(await rig.SnapshotAsync().WaitAsync(TimeSpan.FromSeconds(30))).Duplicate);
        Assert.Empty(rig.Faults);
    }

    [Fact]
    public async Task The_rules_of_a_restored_device_with_an_open_alert_end_it_when_they_change()
    {
        byte[] snapshot;
        byte[] log;
        var setup = Setup(devices: 1);
        await using (var before = new EngineRig(shards: 1))
        {
            before.Deliver([.. setup, TestBatch.Readings(1, T0, new TestRow(0, 0, T0, [20, 50]))]);
            snapshot = await before.SnapshotAsync();
            log = await before.AlertLogAsync();
        }

        await using var after = new EngineRig(shards: 1, alertLog: log);
        await after.RestoreAsync(snapshot);
        after.Deliver(TestBatch.RuleSet(2, TestRules.Versions[0].Replace("m1 > 30", "m1 > 99", StringComparison.Ordinal)));
        await after.AlertLogAsync();
        var transition = Assert.IsType<AlertTransition>(Assert.Single(after.Sink.Published).Entry);
        Assert.Equal("rule-changed", transition.Reason);
        Assert.Equal(0, after.Book.ActiveCount);
    }

    private static List<byte[]> Setup(int devices, DeviceRegistry? registry = null)
    {
        registry ??= new DeviceRegistry(new RegistryOptions());
        registry.Source("mqtt/gateway");
        registry.TryMetric("m0", out var first);
        registry.TryMetric("m1", out var second);
        registry.TryMetric("m2", out _);
        registry.TryMetric("m3", out _);
        registry.Shape([first, second]);
        for (var i = 0; i < devices; i++)
        {
            registry.Declare($"device-{i}", new DeviceFacts("a", $"zone-{i}", []));
        }

        return [.. TestBatch.Pending(registry), TestBatch.RuleSet(1, TestRules.Versions[0])];
    }

    private static Devices.Ledger.LedgerCounts Ledger(byte[] snapshot) => Snapshot.Decode(snapshot).Ledger[1];
}
