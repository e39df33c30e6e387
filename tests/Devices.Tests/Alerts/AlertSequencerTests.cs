using Fengsui.Devices.Alerts;
using Fengsui.Devices.Tests.Engine.Support;
using Xunit;

namespace Fengsui.Devices.Tests.Alerts;

public sealed class AlertSequencerTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private readonly TemporaryDirectory _directory = new();
    private readonly RecordingSink _sink = new();
    private readonly AlertBook _book = new(new AlertBookOptions());
    private readonly AlertLog _log;

    public AlertSequencerTests()
    {
        _log = AlertLog.Open(_directory.Path, fsync: false, _book.Apply);
    }

    [Fact]
    public async Task Nothing_leaves_before_the_slowest_shard_has_passed_and_then_in_journal_order()
    {
        using var sequencer = Start(shards: 3);
        sequencer.Passed(0, 300, [Pending(250), Pending(100, 2), Pending(100, 1, 1), Pending(100, 1)]);
        sequencer.Passed(1, 200, [Pending(150)]);
        await sequencer.SettledAsync().WaitAsync(Deadline);
        Assert.Empty(_sink.Published);
        sequencer.Passed(2, 200, [Pending(50)]);
        await sequencer.SettledAsync().WaitAsync(Deadline);
        Assert.Equal([50L, 100, 100, 100, 150], Positions());
        Assert.Equal([0, 1, 1, 2, 0], _sink.Published.Select(one => one.Entry.JournalIndex));
        Assert.Equal(200, sequencer.LoggedPosition);
        sequencer.Passed(1, 300, []);
        sequencer.Passed(2, 300, []);
        await sequencer.SettledAsync().WaitAsync(Deadline);
        Assert.Equal(250, Positions()[^1]);
        Assert.Equal([1L, 2, 3, 4, 5, 6], _sink.Published.Select(one => one.Number));
    }

    [Fact]
    public async Task Any_interleaving_of_shards_gives_each_transition_once_and_in_order()
    {
        const int Shards = 4;
        const int Steps = 500;
        using (var sequencer = Start(Shards))
        {
            var threads = Enumerable.Range(0, Shards).Select(shard => Task.Run(() =>
            {
                for (var step = 1; step <= Steps; step++)
                {
                    sequencer.Passed(shard, step * 10, (step + shard) % 3 == 0 ? [Pending(step * 10 - 5, shard)] : []);
                }
            }));
            await Task.WhenAll(threads).WaitAsync(Deadline);
            await sequencer.SettledAsync().WaitAsync(Deadline);
        }

        var order = _sink.Published.Select(one => (one.Entry.JournalPosition, one.Entry.JournalIndex)).ToList();
        Assert.Equal(order.Distinct().Order(), order);
        Assert.Equal(Enumerable.Range(1, Steps).Sum(step => Enumerable.Range(0, Shards).Count(shard => (step + shard) % 3 == 0)), order.Count);
    }

    [Fact]
    public async Task A_full_disk_holds_the_alerts_back_and_then_each_goes_out_once()
    {
        var refused = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = 3;
        _log.BeforeWrite = () =>
        {
            if (left-- > 0)
            {
                refused.TrySetResult();
                throw new IOException("disk full");
            }
        };
        using var sequencer = Start(shards: 1);
        sequencer.Passed(0, 10, [Pending(5)]);
        await refused.Task.WaitAsync(Deadline);
        sequencer.Passed(0, 20, [Pending(15)]);
        await sequencer.SettledAsync().WaitAsync(Deadline);
        Assert.Null(sequencer.Fault);
        Assert.Equal([5L, 15], Positions());
        Assert.Equal(2, _log.Read(0, 10).Count);
    }

    [Fact]
    public async Task Stopping_ends_although_the_disk_stays_full_and_nothing_is_published_that_is_not_durable()
    {
        _log.BeforeWrite = () => throw new IOException("disk full");
        var sequencer = Start(shards: 1);
        sequencer.Passed(0, 10, [Pending(5)]);
        var settled = sequencer.SettledAsync();
        await Task.Run(sequencer.Dispose).WaitAsync(Deadline);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => settled);
        await Assert.ThrowsAsync<ObjectDisposedException>(sequencer.SettledAsync);
        Assert.True(sequencer.LoggedPosition < 10);
        Assert.Empty(_sink.Published);
    }

    [Fact]
    public async Task A_shard_far_ahead_waits_and_the_slowest_never_does()
    {
        using var sequencer = Start(shards: 2);
        var flood = Enumerable.Range(0, AlertSequencer.MaxWaiting + 1).Select(index => Pending(5, index)).ToList();
        var ahead = Task.Run(() => sequencer.Passed(0, 10, flood));
        sequencer.Passed(1, 4, [Pending(3)]);
        await sequencer.SettledAsync().WaitAsync(Deadline);
        sequencer.Passed(1, 10, []);
        await ahead.WaitAsync(Deadline);
        await sequencer.SettledAsync().WaitAsync(Deadline);
        Assert.Equal(AlertSequencer.MaxWaiting + 2, _sink.Published.Count);
    }

    [Fact]
    public async Task A_sink_that_throws_is_reported_once_and_takes_nothing_from_the_others()
    {
        var faults = new List<string>();
        using var sequencer = new AlertSequencer(_log, new AlertDeskCore(), _book, _book.Apply, new AlertSinks([new BrokenSink(), _sink], (message, _) => faults.Add(message)), 1);
        sequencer.Start();
        for (var position = 10; position <= 50; position += 10)
        {
            sequencer.Passed(0, position, [Pending(position)]);
            await sequencer.SettledAsync().WaitAsync(Deadline);
        }

        Assert.Equal(5, _sink.Published.Count);
        Assert.Single(faults);
    }

    public void Dispose()
    {
        _log.Dispose();
        _directory.Dispose();
    }

    private static PendingTransition Pending(long position, int index = 0, int ordinal = 0) => new(AlertSamples.At(position, index), ordinal);

    private long[] Positions() => [.. _sink.Published.Select(one => one.Entry.JournalPosition)];

    private AlertSequencer Start(int shards)
    {
        var sequencer = new AlertSequencer(_log, new AlertDeskCore(), _book, _book.Apply, new AlertSinks([_sink], (_, _) => { }), shards);
        sequencer.Start();
        return sequencer;
    }

    private sealed class BrokenSink : IAlertSink
    {
        public void Publish(long firstNumber, IReadOnlyList<AlertEntry> entries, AlertBook book) =>
            throw new InvalidOperationException("broken");
    }
}
