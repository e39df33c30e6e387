using System.Collections.Concurrent;
using Fengsui.Devices.DeadLetters;
using Fengsui.Devices.Engine;
using Fengsui.Devices.History.Embedded;
using Fengsui.Devices.Journal;
using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Devices.Shards;
using Fengsui.Devices.Tests.Engine.Support;
using Fengsui.Rules;
using Xunit;

namespace Fengsui.Devices.Tests.Engine;

/// <summary>The whole engine over a real journal in a folder of the test.</summary>
public sealed class DeviceEngineTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly TemporaryDirectory _directory = new();
    private readonly FrozenTime _time = new();
    private readonly ConcurrentQueue<EngineIncident> _incidents = new();

    [Fact]
    public async Task Drained_means_that_every_shard_has_processed_what_was_appended()
    {
        await using var engine = await StartAsync(shards: 2);
        for (var i = 1; i <= 300; i++)
        {
            await PushAsync(engine, i, 10);
            await engine.DrainAsync(None);
            Assert.Equal(4 * i, engine.Queries.Counters().Rows);
        }
    }

    [Fact]
    public async Task A_restart_gives_the_same_ledger_devices_and_alerts_with_any_number_of_shards()
    {
        LedgerView ledger;
        DeviceView? view;
        await using (var engine = await StartAsync(shards: 2))
        {
            Assert.True((await engine.RuleSets.SubmitAsync(Rules(0), "test", None)).Accepted);
            await PushAsync(engine, 1, 50);
            await engine.SnapshotAsync(None);
            Assert.True(engine.SnapshotPosition > 0);
            await PushAsync(engine, 2, 50);
            await PushAsync(engine, 2, 50);
            await engine.DrainAsync(None);
            ledger = await engine.Queries.LedgerAsync(None);
            view = await engine.Queries.DeviceAsync("device-1");
        }

        var log = AlertLog();
        Assert.NotEmpty(log);
        Assert.Equal((24, 16, 8), (ledger.Total.Received, ledger.Total.Applied, ledger.Total.Duplicate));
        foreach (var shards in (int[])[1, 3, 2])
        {
            var sink = new RecordingSink();
            await using var again = await StartAsync(shards, sink: sink);
            Assert.True(again.Recovery!.SnapshotPosition > 0);
            var ledgerAgain = await again.Queries.LedgerAsync(None);
            Assert.True(ledgerAgain.IsBalanced);
            Assert.Equal(ledger.Total, ledgerAgain.Total);
            var viewAgain = await again.Queries.DeviceAsync("device-1");
            Assert.Equal((view!.Applied, view.WatermarkMs, view.Zone), (viewAgain!.Applied, viewAgain.WatermarkMs, viewAgain.Zone));
            Assert.Equal(4, again.Alerts.ActiveCount);
            Assert.Empty(sink.Published);
            Assert.Empty(_incidents);
        }

        Assert.Equal(log, AlertLog());
    }

    [Fact]
    public async Task Two_fresh_processes_give_byte_identical_alert_logs_from_one_journal()
    {
        await using (var journal = Fengsui.Devices.Journal.Journal.Open(JournalOptions(_directory.Path), _time))
        {
            journal.Start([]);
            foreach (var batch in Script.Of(seed: 9, blocks: 120).SelectMany(block => block.Batches))
            {
                Assert.True(journal.TryAppend(batch, null, out var position));
                await journal.WaitForCommitAsync(position, None);
            }
        }

        var logs = new List<byte[]>();
        foreach (var shards in (int[])[1, 3])
        {
            await using (var engine = await StartAsync(shards))
            {
                Assert.True((await engine.Queries.LedgerAsync(None)).IsBalanced);
            }

            logs.Add(AlertLog());
            foreach (var part in (string[])["alerts", "snapshots", "history"])
            {
                Directory.Delete(_directory.Of(part), recursive: true);
            }

            Array.ForEach(Directory.GetFiles(_directory.Path, "deadletters.db*"), File.Delete);
        }

        Assert.Equal(logs[0], logs[1]);
        Assert.True(logs[0].Length > 1_000);
        Assert.Empty(_incidents);
    }

    [Fact]
    public async Task Many_snapshots_asked_for_at_once_are_taken_one_after_the_other()
    {
        await using (var engine = await StartAsync(shards: 3))
        {
            var asked = Enumerable.Range(0, 8).Select(_ => Task.Run(() => engine.SnapshotAsync(None))).ToList();
            for (var i = 1; i <= 50; i++)
            {
                await PushAsync(engine, i, 10);
            }

            await Task.WhenAll(asked).WaitAsync(TimeSpan.FromSeconds(60));
            Assert.Null(engine.SnapshotFault);
        }

        await using var again = await StartAsync(shards: 2);
        Assert.Equal(200 * 2, (await again.Queries.LedgerAsync(None)).Total.Applied);
        Assert.Empty(_incidents);
    }

    [Fact]
    public async Task A_batch_that_no_one_understands_is_reported_and_the_next_ones_go_on_now_and_after_a_restart()
    {
        await using (var engine = await StartAsync(shards: 2))
        {
            await PushAsync(engine, 1, 10);
            engine.JournalLog.TryAppend([200, 1, 2], null, out _);
            engine.JournalLog.TryAppend([(byte)BatchKind.Declarations, 4, 9], null, out _);
            engine.JournalLog.TryAppend([], null, out _);
            await PushAsync(engine, 2, 10);
            await engine.DrainAsync(None);
            Assert.Equal(8, engine.Queries.Counters().Rows);
            Assert.Equal(6, _incidents.Count);
        }

        await using var again = await StartAsync(shards: 1);
        Assert.Equal(16, (await again.Queries.LedgerAsync(None)).Total.Applied);
    }

    [Fact]
    public async Task A_journal_that_was_taken_away_is_not_silently_begun_anew()
    {
        await using (var engine = await StartAsync(shards: 1))
        {
            await PushAsync(engine, 1, 10);
            await engine.SnapshotAsync(None);
        }

        Directory.Delete(_directory.Of("journal"), recursive: true);
        await using var again = Open(shards: 1);
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => again.StartAsync(None));
        Assert.Contains("journal", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rule_sets_are_taken_whole_or_not_and_unchanged_rules_keep_their_alerts()
    {
        await using var engine = await StartAsync(shards: 2);
        Assert.Equal(1, (await engine.RuleSets.SubmitAsync(Rules(0), "test", None)).Version);
        await PushAsync(engine, 1, 50);
        await engine.DrainAsync(None);
        Assert.Equal(4, engine.Alerts.ActiveCount);

        var refused = await engine.RuleSets.SubmitAsync([new RuleFile("rules.yaml", "groups: [{ name: g, rules: [{ alert: A }] }]")], "test", None);
        Assert.False(refused.Accepted);
        Assert.NotEmpty(refused.Diagnostics);
        Assert.Equal(1, (await engine.RuleSets.SubmitAsync(Rules(0), "test", None)).Version);
        Assert.Equal(1, (await engine.RuleSets.CurrentAsync())!.Version);

        var versions = await Task.WhenAll(Enumerable.Range(1, 2).Select(set => engine.RuleSets.SubmitAsync(Rules(set), "test", None)));
        Assert.Equal([2, 3], versions.Select(outcome => outcome.Version).Order());
        Assert.Equal(4, engine.Alerts.ActiveCount);
        await engine.RuleSets.SubmitAsync([new RuleFile("rules.yaml", TestRules.Versions[0].Replace("m1 > 30", "m1 > 99", StringComparison.Ordinal))], "test", None);
        Assert.Equal(0, engine.Alerts.ActiveCount);

        var huge = await engine.RuleSets.SubmitAsync([new RuleFile("rules.yaml", TestRules.Versions[0] + "#" + new string('x', 200_000))], "test", None);
        Assert.False(huge.Accepted);
    }

    [Fact]
    public async Task After_the_end_questions_fail_instead_of_waiting_for_ever()
    {
        var engine = await StartAsync(shards: 1);
        await PushAsync(engine, 1, 10);
        await engine.DisposeAsync();
        await engine.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => engine.Queries.DeviceAsync("device-1").WaitAsync(TimeSpan.FromSeconds(20)));
        var never = Open(shards: 1);
        await never.DisposeAsync();
    }

    public void Dispose() => _directory.Dispose();

    private static RuleFile[] Rules(int version) => [new RuleFile("rules.yaml", TestRules.Versions[version])];

    private byte[] AlertLog() => File.ReadAllBytes(_directory.Of("alerts", Fengsui.Devices.Alerts.AlertLog.FileName));

    private async Task PushAsync(DeviceEngine engine, long second, double value)
    {
        engine.Registry.TryMetric("m0", out var first);
        engine.Registry.TryMetric("m1", out var other);
        var shape = engine.Registry.Shape([first, other])!;
        var source = engine.Registry.Source("mqtt/gateway");
        var rows = Enumerable.Range(0, 4)
            .Select(i => engine.Registry.Provision($"device-{i}", new DeviceFacts("a", $"zone-{i}", []))!)
            .Select(device => new TestRow(device.Id, shape.Id, _time.NowMs + second * 1_000, [5, value]));
        var batch = TestBatch.Readings(source, _time.NowMs, [.. rows]);
        while (!engine.Intake.TryAppend(batch, null, out _))
        {
            await engine.Intake.WaitForRoomAsync(None);
        }
    }

    private async Task<DeviceEngine> StartAsync(int shards, RecordingSink? sink = null)
    {
        var engine = Open(shards, sink);
        await engine.StartAsync(None);
        return engine;
    }

    private static JournalOptions JournalOptions(string data) => new()
    {
        Directory = Path.Combine(data, "journal"),
        BlockSizeBytes = 64 << 10,
        SegmentSizeBytes = 1 << 20,
        Durability = Durability.Os,
        Preallocate = false,
        MinFreeBytes = 0,
        RetainBytes = 1 << 30,
    };

    private DeviceEngine Open(int shards, RecordingSink? sink = null) => DeviceEngine.Open(
        new EngineOptions
        {
            DataDirectory = _directory.Path,
            Journal = JournalOptions(_directory.Path),
            History = new EmbeddedHistoryOptions { Directory = _directory.Of("history"), ArenaSizeBytes = 1 << 20, BackgroundMaintenance = false },
            DeadLetters = new DeadLetterStoreOptions { Directory = _directory.Path },
            Shards = new ShardOptions { Count = shards },
            OnIncident = _incidents.Enqueue,
        },
        _time,
        sink is null ? [] : [sink]);
}
