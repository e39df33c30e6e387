using System.Collections.Concurrent;
using Fengsui.Support;
using Fengsui.Support.Journal;
using Xunit;

namespace Fengsui.Devices.Tests.Journal;

using Fengsui.Devices.Journal;
using static JournalTesting;

public sealed class JournalAppendTests
{
    [Fact]
    public async Task Many_appenders_get_rising_positions_and_every_batch_arrives_once_in_that_order()
    {
        const int Threads = 8, PerThread = 2000;
        var options = Options with { BlockSizeBytes = 8 << 10, SegmentSizeBytes = 256 << 10 };
        var storage = new SimulatedJournalStorage();
        var consumer = new RecordingConsumer();
        var appended = new ConcurrentDictionary<long, int>();
        var waiters = Enumerable.Range(0, Threads).Select(_ => new RecordingWaiter()).ToArray();
        await using var journal = Start(storage, options, consumer);

        var lasts = await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() => AppendAll(thread))));
        await journal.WaitForCommitAsync(journal.Tail, CancellationToken.None).AsTask().WaitAsync(Deadline);
        await journal.DisposeAsync();

        Assert.Equal(Threads * PerThread, consumer.Batches.Count);
        Assert.Equal(appended.Keys.Order(), consumer.Batches.Select(batch => batch.Position));
        Assert.All(consumer.Batches, batch => Assert.Equal(appended[batch.Position], BitConverter.ToInt32(batch.Bytes)));
        Assert.Equal(consumer.Batches.Select(batch => batch.Position), ReadAll(storage, out _).Select(batch => batch.Position));
        for (var thread = 0; thread < Threads; thread++)
        {
            Assert.Equal(waiters[thread].Positions.Order(), waiters[thread].Positions);
            Assert.True(waiters[thread].Positions[^1] >= lasts[thread]);
        }

        async Task<long> AppendAll(int thread)
        {
            long last = 0;
            for (var i = 0; i < PerThread; i++)
            {
                var value = thread * PerThread + i;
                long position;
                while (!journal.TryAppend(BitConverter.GetBytes(value), waiters[thread], out position))
                    await journal.WaitForRoomAsync(CancellationToken.None).AsTask().WaitAsync(Deadline);
                Assert.True(position > last);
                Assert.True(appended.TryAdd(position, value));
                last = position;
            }

            return last;
        }
    }

    [Fact]
    public async Task A_waiter_that_appends_several_times_in_a_row_is_called_once_for_the_block()
    {
        var first = new RecordingWaiter();
        var second = new RecordingWaiter();
        await using var journal = Journal.Open(Options, new SimulatedJournalStorage(), TimeProvider.System);
        Assert.True(journal.TryAppend([1], first, out _));
        Assert.True(journal.TryAppend([2], first, out _));
        Assert.True(journal.TryAppend([3], second, out _));
        Assert.True(journal.TryAppend([4], null, out var position));

        journal.Start([]);
        await journal.WaitForCommitAsync(position, CancellationToken.None).AsTask().WaitAsync(Deadline);
        await journal.DisposeAsync();

        Assert.Equal([position], first.Positions);
        Assert.Equal([position], second.Positions);
    }

    [Fact]
    public async Task Blocks_that_consumers_keep_refuse_appends_until_one_is_released()
    {
        var consumer = new RecordingConsumer(keepBlocks: true);
        await using var journal = Start(new SimulatedJournalStorage(), null, consumer);
        for (var i = 0; i < Options.BlockBuffers; i++)
            await journal.CommitAsync([(byte)i]);

        Assert.False(journal.TryAppend([9], null, out var position));
        Assert.Equal(0, position);
        var room = journal.WaitForRoomAsync(CancellationToken.None).AsTask();
        Assert.False(room.IsCompleted);
        Assert.Equal(0, journal.FreeBuffers);

        consumer.Kept[0].Release();
        await room.WaitAsync(Deadline);
        await journal.CommitAsync([9]);
        foreach (var block in consumer.Kept.Skip(1))
            block.Release();
    }

    [Fact]
    public async Task Waiting_for_room_or_commit_can_be_cancelled()
    {
        await using var journal = Journal.Open(Options, new SimulatedJournalStorage(), TimeProvider.System);
        while (journal.TryAppend(Bytes(1000, 1), null, out _))
        {
        }

        using var cancelled = new CancellationTokenSource();
        var room = journal.WaitForRoomAsync(cancelled.Token).AsTask();
        var commit = journal.WaitForCommitAsync(journal.Tail, cancelled.Token).AsTask();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => room);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => commit);
    }

    [Fact]
    public async Task A_block_released_too_often_or_referenced_too_late_is_a_bug_that_shows()
    {
        var (storage, _) = await WriteAsync(10);
        using var reader = JournalReader.Open(storage);
        Assert.True(reader.TryRead(out var block));
        block.Release();

        Assert.Throws<InvalidOperationException>(block.Release);
        Assert.Throws<InvalidOperationException>(block.AddReference);
    }

    [Fact]
    public async Task Batches_of_no_bytes_and_of_the_largest_size_are_kept_and_larger_ones_refused()
    {
        var storage = new SimulatedJournalStorage();
        await using var journal = Start(storage);
        await journal.CommitAsync([]);
        await journal.CommitAsync(Bytes(journal.MaxBatchBytes, 1));

        Assert.Throws<ArgumentOutOfRangeException>(() => journal.TryAppend(new byte[journal.MaxBatchBytes + 1], null, out _));
        Assert.Equal([0, journal.MaxBatchBytes], ReadAll(storage, out _).Select(batch => batch.Bytes.Length));
    }

    [Fact]
    public async Task What_was_accepted_before_closing_is_committed()
    {
        var storage = new SimulatedJournalStorage();
        var slow = Options with { CommitInterval = TimeSpan.FromSeconds(10), IdleCommitInterval = TimeSpan.FromSeconds(10) };
        var journal = Start(storage, slow);
        Assert.True(journal.TryAppend([1], null, out _));
        await journal.DisposeAsync().AsTask().WaitAsync(Deadline);

        Assert.Single(ReadAll(storage, out _));
        Assert.False(journal.TryAppend([2], null, out _));
    }

    [Fact]
    public async Task An_append_allocates_nothing()
    {
        var options = Options with { BlockSizeBytes = 1 << 20, SegmentSizeBytes = 4 << 20, RetainBytes = 4 << 20, BlockBuffers = 8 };
        await using var journal = Journal.Open(options, new SimulatedJournalStorage(), TimeProvider.System);
        var waiter = new RecordingWaiter();
        var batch = Bytes(4096, 1);
        for (var i = 0; i < 300; i++)
            Assert.True(journal.TryAppend(batch, waiter, out _));

        var least = Allocation.LeastOf(() =>
        {
            for (var i = 0; i < 200; i++)
                Assert.True(journal.TryAppend(batch, waiter, out _));
        });
        Assert.Equal(0, least);
    }

    [Fact]
    public async Task A_reader_sees_what_was_committed_when_it_was_opened_and_no_more()
    {
        await using var journal = Start(new SimulatedJournalStorage());
        var first = await journal.CommitAsync(Bytes(700, 1));
        var second = await journal.CommitAsync(Bytes(700, 2));
        using var all = journal.ReadFrom(0);
        using var rest = journal.ReadFrom(first);
        using var none = journal.ReadFrom(second);
        await journal.CommitAsync(Bytes(700, 3));

        Assert.Equal([first, second], ReadAll(all, out var gaps).Select(batch => batch.Position));
        Assert.Empty(gaps);
        Assert.Equal([second], ReadAll(rest, out _).Select(batch => batch.Position));
        Assert.Empty(ReadAll(none, out gaps));
        Assert.Empty(gaps);
    }

    [Fact]
    public async Task Sequence_and_positions_go_on_after_a_reopening_without_a_gap()
    {
        var storage = new SimulatedJournalStorage();
        var sequences = new List<long>();
        for (var life = 0; life < 3; life++)
        {
            await using var journal = Start(storage);
            Assert.True(journal.RecoveryReport.IsClean);
            Assert.Equal(life * 2, journal.RecoveryReport.LastSequence);
            await journal.CommitAsync([1]);
            await journal.CommitAsync([2]);
        }

        using var reader = JournalReader.Open(storage);
        while (reader.TryRead(out var block))
        {
            sequences.Add(block.Sequence);
            block.Release();
        }

        Assert.Equal([1, 2, 3, 4, 5, 6], sequences);
        Assert.Empty(reader.Gaps);
        Assert.True(JournalVerifier.Verify(storage).IsIntact);
    }
}
