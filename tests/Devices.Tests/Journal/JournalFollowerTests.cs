using Fengsui.Devices.Journal;
using Fengsui.Support.Journal;
using Xunit;
using static Fengsui.Devices.Tests.Journal.JournalTesting;

namespace Fengsui.Devices.Tests.Journal;

/// <summary>A follower gives what a reader of the finished journal gives, whatever happens while it follows.</summary>
public sealed class JournalFollowerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task It_gives_every_batch_once_in_order_over_segments_and_failed_writes(int seed)
    {
        var random = new Random(seed);
        var storage = new SimulatedJournalStorage(seed);
        var followed = new List<(long Position, string Bytes)>();
        await using (var journal = Start(storage))
        {
            using var follower = journal.Follow(0);
            for (var i = 0; i < 200; i++)
            {
                storage.FailingSyncs = random.Next(20) == 0 ? 1 : 0;
                storage.FailingWrites = random.Next(20) == 0 ? 1 : 0;
                await journal.CommitAsync(Bytes(random.Next(1, 400), i));
                if (random.Next(3) == 0)
                {
                    Drain(follower, followed);
                }
            }

            Drain(follower, followed);
            Assert.False(follower.TryRead(out _));
            Assert.Equal(journal.Committed, follower.Position);
            Assert.Empty(follower.TakeGaps());
            Assert.True(journal.SegmentStarts.Count > 10);
        }

        Assert.Equal(Everything(storage), followed);
    }

    [Fact]
    public async Task It_begins_at_any_position_and_after_a_reopening()
    {
        var storage = new SimulatedJournalStorage();
        var ends = new List<long>();
        for (var run = 0; run < 3; run++)
        {
            await using var journal = Start(storage);
            for (var i = 0; i < 10; i++)
            {
                ends.Add(await journal.CommitAsync(Bytes(100, i)));
            }
        }

        await using var last = Start(storage);
        var all = Everything(storage);
        foreach (var position in ends.SelectMany(end => (long[])[end - 1, end, end + 1]).Prepend(0))
        {
            using var follower = last.Follow(position);
            var followed = new List<(long Position, string Bytes)>();
            Drain(follower, followed);
            Assert.Equal(all.Where(batch => batch.Position > position), followed.Where(batch => batch.Position > position));
            Assert.DoesNotContain(follower.TakeGaps(), gap => gap.Reason != GapReason.AfterEnd);
        }
    }

    [Fact]
    public async Task Bytes_behind_a_position_do_not_count_what_openings_leave_out()
    {
        var storage = new SimulatedJournalStorage();
        long first;
        await using (var journal = Start(storage))
        {
            first = await journal.CommitAsync(Bytes(100, 1));
            await journal.CommitAsync(Bytes(100, 2));
            Assert.Equal(journal.Committed - first, journal.BytesAfter(first));
        }

        await using var again = Start(storage);
        var end = await again.CommitAsync(Bytes(100, 3));
        Assert.True(end - first > JournalFormat.PositionStep / 2);
        Assert.InRange(again.BytesAfter(first), 300, 1_000);
        Assert.Equal(0, again.BytesAfter(end));
    }

    [Fact]
    public async Task What_retention_has_deleted_is_told_once()
    {
        var storage = new SimulatedJournalStorage();
        await using var journal = Start(storage, Options with { RetainBytes = Options.SegmentSizeBytes });
        using var follower = journal.Follow(0);
        for (var i = 0; i < 40; i++)
        {
            var end = await journal.CommitAsync(Bytes(300, i));
            journal.Release(end);
        }

        Assert.True(journal.FirstPosition > 0);
        var followed = new List<(long Position, string Bytes)>();
        Drain(follower, followed);
        var gap = Assert.Single(follower.TakeGaps());
        Assert.Equal((GapReason.BeforeFirst, 0, journal.FirstPosition), (gap.Reason, gap.FromPosition, gap.ToPosition));
        Assert.NotEmpty(followed);
        await journal.CommitAsync(Bytes(300, 99));
        Drain(follower, followed);
        Assert.Empty(follower.TakeGaps());
    }

    private static List<(long Position, string Bytes)> Everything(SimulatedJournalStorage storage) =>
        ReadAll(storage, out _).ConvertAll(batch => (batch.Position, Convert.ToHexString(batch.Bytes)));

    private static void Drain(JournalFollower follower, List<(long Position, string Bytes)> followed)
    {
        while (follower.TryRead(out var block))
        {
            foreach (var (position, bytes) in block.Batches)
            {
                followed.Add((position, Convert.ToHexString(bytes)));
            }

            block.Release();
        }
    }
}
