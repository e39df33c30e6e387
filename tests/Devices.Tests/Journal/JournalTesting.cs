using Fengsui.Support.Journal;
using Xunit;

namespace Fengsui.Devices.Tests.Journal;

using Fengsui.Devices.Journal;

/// <summary>What the journal's tests share: small options, and shorthand for appending and reading back.</summary>
internal static class JournalTesting
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>Commits at once, so that a test that waits for each append decides itself what a block holds.</summary>
    public static JournalOptions Options { get; } = new()
    {
        Directory = "simulated",
        BlockSizeBytes = 1 << 10,
        SegmentSizeBytes = 2 << 10,
        BlockBuffers = 4,
        CommitInterval = TimeSpan.Zero,
        IdleCommitInterval = TimeSpan.Zero,
        RetainBytes = 1 << 20,
        MinFreeBytes = 0,
        RetryInitial = TimeSpan.FromMilliseconds(1),
        RetryMaximum = TimeSpan.FromMilliseconds(1),
    };

    public static Journal Start(IJournalStorage storage, JournalOptions? options = null, params IBlockConsumer[] consumers)
    {
        var journal = Journal.Open(options ?? Options, storage, TimeProvider.System);
        journal.Start(consumers);
        return journal;
    }

    public static byte[] Bytes(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static async Task<long> CommitAsync(this Journal journal, byte[] batch)
    {
        Assert.True(journal.TryAppend(batch, null, out var position));
        await journal.WaitForCommitAsync(position, CancellationToken.None).AsTask().WaitAsync(Deadline);
        return position;
    }

    public static List<(long Position, byte[] Bytes)> ReadAll(IJournalStorage storage, out IReadOnlyList<JournalGap> gaps, long position = 0)
    {
        using var reader = JournalReader.Open(storage, position);
        return ReadAll(reader, out gaps);
    }

    public static List<(long Position, byte[] Bytes)> ReadAll(JournalReader reader, out IReadOnlyList<JournalGap> gaps)
    {
        var batches = new List<(long, byte[])>();
        while (reader.TryRead(out var block))
        {
            foreach (var (position, bytes) in block.Batches)
                batches.Add((position, bytes.ToArray()));
            block.Release();
        }

        gaps = reader.Gaps;
        return batches;
    }

    /// <summary>A journal of one block a batch, closed cleanly: its storage and what is in it.</summary>
    public static async Task<(SimulatedJournalStorage Storage, List<(long Position, byte[] Bytes)> Batches)> WriteAsync(params int[] sizes)
    {
        var storage = new SimulatedJournalStorage();
        var batches = new List<(long, byte[])>();
        await using var journal = Start(storage);
        for (var i = 0; i < sizes.Length; i++)
        {
            var bytes = Bytes(sizes[i], i);
            batches.Add((await journal.CommitAsync(bytes), bytes));
        }

        return (storage, batches);
    }

    /// <summary>A copy of the files in which one was changed.</summary>
    public static SimulatedJournalStorage With(this SimulatedJournalStorage storage, string name, byte[]? bytes)
    {
        var copy = new SimulatedJournalStorage();
        foreach (var other in storage.Names)
        {
            if (other != name)
                copy.WriteAllBytes(other, storage.ReadAllBytes(other));
        }

        if (bytes is not null)
            copy.WriteAllBytes(name, bytes);
        return copy;
    }
}
