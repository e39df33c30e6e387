using Fengsui.Support.Journal;
using Xunit;

namespace Fengsui.Devices.Tests.Journal;

using Fengsui.Devices.Journal;
using static JournalTesting;

/// <summary>Hostile world 3 for the journal's own disk: it stops acknowledging, says so, corrupts nothing, and recovers.</summary>
public sealed class JournalFailureTests
{
    [Fact]
    public async Task A_full_disk_stops_acknowledgements_and_they_resume_when_space_returns()
    {
        var storage = new SimulatedJournalStorage { CapacityBytes = 3000 };
        var waiter = new RecordingWaiter();
        var accepted = new List<long>();
        await using var journal = Start(storage);
        await journal.CommitAsync(Bytes(900, 1));
        await journal.CommitAsync(Bytes(900, 2));
        var durable = journal.Committed;

        while (journal.TryAppend(Bytes(900, accepted.Count), waiter, out var position))
            accepted.Add(position);
        Assert.True(accepted.Count >= Options.BlockBuffers - 1);
        await Until(() => journal.Health.Retries > 2);

        Assert.Contains("full", journal.Health.Reason, StringComparison.OrdinalIgnoreCase);
        Assert.NotNull(journal.Health.Since);
        Assert.Empty(waiter.Positions);
        Assert.Equal(durable, journal.Committed);
        var room = journal.WaitForRoomAsync(CancellationToken.None).AsTask();
        Assert.False(room.IsCompleted);

        storage.CapacityBytes = 1 << 20;
        await journal.WaitForCommitAsync(accepted[^1], CancellationToken.None).AsTask().WaitAsync(Deadline);
        await room.WaitAsync(Deadline);
        Assert.False(journal.Health.IsFailing);
        using var reader = journal.ReadFrom(durable);
        Assert.Equal(accepted, ReadAll(reader, out var gaps).Select(batch => batch.Position));
        Assert.Empty(gaps);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task After_a_failed_sync_the_block_goes_to_a_new_segment_and_the_old_one_is_cut(int failures)
    {
        var storage = new SimulatedJournalStorage();
        await using var journal = Start(storage);
        var first = await journal.CommitAsync(Bytes(100, 1));
        storage.FailingSyncs = failures;

        var second = await journal.CommitAsync(Bytes(100, 2));

        Assert.Equal(2, storage.Names.Count);
        Assert.Equal(64 + first, storage.ReadAllBytes(storage.Names[0]).Length);
        Assert.Equal($"{first:D20}.seg", storage.Names[1]);
        var survivor = storage.AfterPowerCut();
        Assert.Equal([first, second], ReadAll(survivor, out var gaps).Select(batch => batch.Position));
        Assert.Empty(gaps);
    }

    [Fact]
    public async Task A_failed_write_is_tried_again_in_place()
    {
        var storage = new SimulatedJournalStorage();
        await using var journal = Start(storage);
        await journal.CommitAsync(Bytes(100, 1));
        storage.FailingWrites = 3;

        await journal.CommitAsync(Bytes(100, 2));

        Assert.Single(storage.Names);
        Assert.Equal(2, ReadAll(storage, out var gaps).Count);
        Assert.Empty(gaps);
    }

    [Fact]
    public async Task Nothing_is_acknowledged_before_the_sync_has_returned()
    {
        using var inSync = new SemaphoreSlim(0);
        using var goOn = new SemaphoreSlim(0);
        var storage = new SimulatedJournalStorage();
        var waiter = new RecordingWaiter();
        var consumer = new RecordingConsumer();
        await using var journal = Start(storage, null, consumer);
        storage.BeforeSync = () =>
        {
            inSync.Release();
            goOn.Wait();
        };

        Assert.True(journal.TryAppend([1], waiter, out var position));
        Assert.True(await inSync.WaitAsync(Deadline));
        Assert.Empty(waiter.Positions);
        Assert.Empty(consumer.Batches);
        Assert.Equal(0, journal.Committed);

        storage.BeforeSync = null;
        goOn.Release();
        await journal.WaitForCommitAsync(position, CancellationToken.None).AsTask().WaitAsync(Deadline);
        await journal.DisposeAsync();
        Assert.Equal([position], waiter.Positions);
        Assert.Single(consumer.Batches);
    }

    [Fact]
    public async Task Closing_while_the_disk_fails_gives_up_what_was_not_acknowledged_and_says_so_to_those_who_wait()
    {
        var storage = new SimulatedJournalStorage();
        var journal = Start(storage);
        await journal.CommitAsync([1]);
        storage.FailingSyncs = int.MaxValue;
        Assert.True(journal.TryAppend([2], null, out var position));
        var commit = journal.WaitForCommitAsync(position, CancellationToken.None).AsTask();
        await Until(() => journal.Health.IsFailing);

        await journal.DisposeAsync().AsTask().WaitAsync(Deadline);

        await Assert.ThrowsAsync<ObjectDisposedException>(() => commit);
        Assert.False(journal.TryAppend([3], null, out _));
    }

    [Fact]
    public async Task A_waiter_or_consumer_that_throws_harms_nobody_else()
    {
        var waiter = new RecordingWaiter();
        var consumer = new RecordingConsumer();
        await using var journal = Start(new SimulatedJournalStorage(), null, new Thrower(), consumer);

        Assert.True(journal.TryAppend([1], new Thrower(), out _));
        Assert.True(journal.TryAppend([2], waiter, out var position));
        await journal.WaitForCommitAsync(position, CancellationToken.None).AsTask().WaitAsync(Deadline);
        await journal.CommitAsync([3]);
        await journal.DisposeAsync();

        Assert.Equal([position], waiter.Positions);
        Assert.Equal(3, consumer.Batches.Count);
    }

    private static async Task Until(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (!condition())
        {
            deadline.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private sealed class Thrower : ICommitWaiter, IBlockConsumer
    {
        public void OnCommitted(long position) => throw new InvalidOperationException("a bug");

        public void OnBlock(JournalBlock block) => throw new InvalidOperationException("a bug");
    }
}
