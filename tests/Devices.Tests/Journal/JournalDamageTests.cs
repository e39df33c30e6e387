using Fengsui.Support.Journal;
using Xunit;

namespace Fengsui.Devices.Tests.Journal;

using Fengsui.Devices.Journal;
using static JournalTesting;

/// <summary>Hostile world 2: truncated, bit-flipped, zero-filled and missing files. No crash, no silent skip.</summary>
public sealed class JournalDamageTests
{
    private static readonly int[] Sizes = [40, 900, 7, 300, 800, 120, 1];

    [Fact]
    public async Task Every_truncation_of_the_last_segment_keeps_all_whole_blocks()
    {
        var (storage, batches) = await WriteAsync(30, 100, 1, 250);
        var name = Assert.Single(storage.Names);
        var whole = storage.ReadAllBytes(name);
        for (var length = 0; length < whole.Length; length++)
        {
            var cut = storage.With(name, whole[..length]);
            await using (var journal = Start(cut))
            {
                var kept = batches.Where(batch => batch.Position + 64 <= length).ToList();
                Assert.Equal(kept.Count, journal.RecoveryReport.Blocks);
                Assert.Empty(journal.RecoveryReport.Gaps);
                Assert.Equal(kept.Count > 0 ? kept[^1].Position : 0, journal.Committed);

                var next = await journal.CommitAsync([1, 2, 3]);
                Assert.True(next > batches[^1].Position, $"position {next} may have been given out before");
            }

            var read = ReadAll(cut, out var gaps);
            Assert.Empty(gaps);
            Assert.Equal(batches.Count(batch => batch.Position + 64 <= length) + 1, read.Count);
        }
    }

    [Fact]
    public async Task Every_flipped_byte_is_found_and_no_other_block_is_lost()
    {
        var (storage, batches) = await WriteAsync(Sizes);
        Assert.True(storage.Names.Count >= 2);
        foreach (var name in storage.Names)
        {
            var bytes = storage.ReadAllBytes(name);
            for (var i = 0; i < bytes.Length; i++)
            {
                var changed = (byte[])bytes.Clone();
                changed[i] ^= (byte)(1 << (i % 8));
                await AssertAllIsAccountedFor(storage.With(name, changed), batches, mayLose: 1, $"{name} byte {i}");
            }
        }
    }

    [Fact]
    public async Task Every_missing_segment_is_reported()
    {
        var (storage, batches) = await WriteAsync(Sizes);
        foreach (var name in storage.Names.Skip(1).SkipLast(1))
            await AssertAllIsAccountedFor(storage.With(name, null), batches, mayLose: batches.Count, name);
    }

    [Fact]
    public async Task Every_truncation_of_an_earlier_segment_is_reported()
    {
        var (storage, batches) = await WriteAsync(Sizes);
        var name = storage.Names[0];
        var whole = storage.ReadAllBytes(name);
        for (var length = 0; length < whole.Length; length += 7)
            await AssertAllIsAccountedFor(storage.With(name, whole[..length]), batches, mayLose: batches.Count, $"cut to {length}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1 << 20)]
    public async Task An_earlier_segment_that_is_short_is_found_without_verifying_all(long verifyAtOpen)
    {
        var (storage, _) = await WriteAsync([.. Enumerable.Repeat(900, 12)]);
        var name = storage.Names[2];
        var cut = storage.With(name, storage.ReadAllBytes(name)[..500]);

        await using var journal = Journal.Open(Options with { VerifyAtOpenBytes = verifyAtOpen }, cut, TimeProvider.System);

        Assert.Equal(verifyAtOpen == 0, journal.RecoveryReport.VerifiedSegments < storage.Names.Count);
        Assert.Single(journal.RecoveryReport.Gaps);
    }

    [Fact]
    public async Task Zero_filled_ranges_are_reported_and_what_is_intact_behind_them_is_kept()
    {
        var (storage, batches) = await WriteAsync(Sizes);
        foreach (var name in storage.Names)
        {
            var bytes = storage.ReadAllBytes(name);
            for (var from = 0; from < bytes.Length; from += 61)
            {
                var changed = (byte[])bytes.Clone();
                changed.AsSpan(from, Math.Min(150, bytes.Length - from)).Clear();
                await AssertAllIsAccountedFor(storage.With(name, changed), batches, mayLose: 3, $"{name} zeros from {from}");
            }
        }
    }

    [Fact]
    public async Task Damage_in_the_middle_is_copied_to_the_quarantine_once_and_seen_by_readers()
    {
        var (storage, batches) = await WriteAsync(30, 100, 50);
        var name = storage.Names[0];
        var bytes = storage.ReadAllBytes(name);
        var from = (int)batches[0].Position + 64;
        var to = (int)batches[1].Position + 64;
        bytes[from + 80] ^= 4;
        var damaged = storage.With(name, bytes);

        for (var opening = 0; opening < 2; opening++)
        {
            await using var journal = Start(damaged);
            var gap = Assert.Single(journal.RecoveryReport.Gaps);
            Assert.Equal((batches[0].Position, batches[1].Position, 1, GapReason.Damaged), (gap.FromPosition, gap.ToPosition, gap.LostBlocks, gap.Reason));
            var copy = Assert.Single(gap.Damage).QuarantineFile!;
            Assert.Equal(bytes[from..to], damaged.ReadAllBytes(copy));
            Assert.Equal(1, damaged.Names.Count(file => file.StartsWith("quarantine/", StringComparison.Ordinal)));

            using var reader = journal.ReadFrom(0);
            var read = ReadAll(reader, out var gaps);
            Assert.Equal(new[] { batches[0].Position, batches[2].Position }, read.Select(batch => batch.Position));
            Assert.Equal((gap.FromPosition, gap.ToPosition), (Assert.Single(gaps).FromPosition, gaps[0].ToPosition));
        }
    }

    [Fact]
    public async Task A_payload_that_imitates_a_block_is_not_taken_for_one()
    {
        var (imitated, _) = await WriteAsync(20);
        var block = imitated.ReadAllBytes(imitated.Names[0])[64..];
        var storage = new SimulatedJournalStorage();
        await using (var journal = Start(storage))
        {
            await journal.CommitAsync([.. block, .. block]);
            await journal.CommitAsync([1]);
        }

        var name = storage.Names[0];
        var bytes = storage.ReadAllBytes(name);
        bytes[64 + 10] ^= 1;
        var read = ReadAll(storage.With(name, bytes), out var gaps);

        Assert.Equal([1], Assert.Single(read).Bytes);
        Assert.Single(gaps);
    }

    [Fact]
    public async Task A_reader_learns_that_the_journal_lost_its_end_or_begins_later()
    {
        var (storage, batches) = await WriteAsync([.. Enumerable.Repeat(900, 6)]);
        var lost = storage.With(storage.Names[^1], null).With(storage.Names[0], null);
        await using var journal = Start(lost);

        using var behind = journal.ReadFrom(0);
        ReadAll(behind, out var before);
        Assert.Equal(GapReason.BeforeFirst, Assert.Single(before).Reason);
        using var ahead = journal.ReadFrom(batches[^1].Position);
        Assert.Empty(ReadAll(ahead, out var after));
        Assert.Equal(GapReason.AfterEnd, Assert.Single(after).Reason);

        await journal.CommitAsync([1]);
        using var later = journal.ReadFrom(batches[^1].Position);
        Assert.Single(ReadAll(later, out after));
        Assert.Equal(GapReason.AfterEnd, Assert.Single(after).Reason);
    }

    /// <summary>Every batch is either returned as it was written, or lies in a range that the report names; readers agree with it.</summary>
    private static async Task AssertAllIsAccountedFor(SimulatedJournalStorage storage, List<(long Position, byte[] Bytes)> batches, int mayLose, string what)
    {
        await using var journal = Start(storage);
        var report = journal.RecoveryReport;
        using var reader = journal.ReadFrom(0);
        var read = ReadAll(reader, out var gaps).ToDictionary(batch => batch.Position, batch => batch.Bytes);
        var lost = 0;
        foreach (var (position, bytes) in batches)
        {
            if (read.Remove(position, out var found))
            {
                Assert.True(bytes.AsSpan().SequenceEqual(found), $"{what}: batch {position} is not what was written");
                continue;
            }

            lost++;
            var start = position - bytes.Length - 4 - 64;
            var isReported = report.Gaps.Any(gap => gap.FromPosition <= start && position <= gap.ToPosition)
                || (start >= report.EndPosition && !report.IsClean);
            Assert.True(isReported, $"{what}: batch {position} is lost in silence");
        }

        Assert.Empty(read);
        Assert.True(lost <= mayLose, $"{what}: {lost} blocks are lost");
        Assert.False(report.IsClean, $"{what}: nothing reported");
        Assert.Equal(report.Gaps.Select(gap => (gap.FromPosition, gap.ToPosition)), gaps.Select(gap => (gap.FromPosition, gap.ToPosition)));
        Assert.True(await journal.CommitAsync([1]) > batches[^1].Position);
    }
}
