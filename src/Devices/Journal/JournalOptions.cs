namespace Fengsui.Devices.Journal;

/// <summary>Options of a journal, checked once by <see cref="Validate"/> and never changed while it is open.</summary>
public sealed record JournalOptions
{
    /// <summary>Folder of the segments. Created when absent.</summary>
    public string Directory { get; init; } = "data/journal";

    /// <summary>Size of one segment file. 128 MiB: long enough that rolling is rare, short enough that retention is fine-grained.</summary>
    public long SegmentSizeBytes { get; init; } = 128L << 20;

    /// <summary>
    /// Bound on the payload of one group commit, and so on one batch. 1 MiB: about what a disk takes in one commit
    /// interval at 400 MB/s; a larger block only adds latency.
    /// </summary>
    public int BlockSizeBytes { get; init; } = 1 << 20;

    /// <summary>
    /// Bound on memory: blocks not yet written plus blocks the shards still read. 16: some 40 ms of full-speed input at
    /// a commit every 2.5 ms, enough to ride out a slow sync. When all are in use appends are refused.
    /// </summary>
    public int BlockBuffers { get; init; } = 16;

    /// <summary>A block somebody waits for is committed when it is this old. 2 ms: four times a typical sync, so syncs do not pile up.</summary>
    public TimeSpan CommitInterval { get; init; } = TimeSpan.FromMilliseconds(2);

    /// <summary>A block nobody waits for (QoS 0) is committed when it is this old. 10 ms: five times fewer syncs, still far below one sample period.</summary>
    public TimeSpan IdleCommitInterval { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Fsync: an acknowledgement that a power cut can take back is none.</summary>
    public Durability Durability { get; init; } = Durability.Fsync;

    /// <summary>Whether a segment's space is reserved when it is created, so that a full disk is met between segments, not inside one.</summary>
    public bool Preallocate { get; init; } = true;

    /// <summary>Segments beyond this total that no projection needs are deleted. 20 GiB: a day of 10,000 devices at 10 Hz fits a small disk.</summary>
    public long RetainBytes { get; init; } = 20L << 30;

    /// <summary>Segments older than this that no projection needs are deleted. 7 days: a week of back-tests.</summary>
    public TimeSpan RetainAge { get; init; } = TimeSpan.FromDays(7);

    /// <summary>A segment is not created when less than this would stay free. 64 MiB: room for the projections' files and logs to say that the disk is full.</summary>
    public long MinFreeBytes { get; init; } = 64L << 20;

    /// <summary>
    /// Newest bytes whose checksums are verified at open. 1 GiB: about a second. What is older was verified when it was
    /// new, is checked for missing segments always, and is verified again whenever it is read.
    /// </summary>
    public long VerifyAtOpenBytes { get; init; } = 1L << 30;

    /// <summary>Bound on the bytes kept in <c>quarantine/</c>. 1 GiB; beyond it damage is still reported, but not copied.</summary>
    public long QuarantineMaxBytes { get; init; } = 1L << 30;

    /// <summary>First pause after a failed write; doubles up to <see cref="RetryMaximum"/>. 10 ms: a passing fault costs little.</summary>
    public TimeSpan RetryInitial { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Longest pause between two attempts. 1 s: acknowledgements resume within a second of the disk's recovery.</summary>
    public TimeSpan RetryMaximum { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>All mistakes at once, empty when there is none.</summary>
    public IReadOnlyList<string> Validate()
    {
        var mistakes = new List<string>();
        Check(!string.IsNullOrWhiteSpace(Directory), "Directory must be named");
        Check(BlockSizeBytes is >= 1 << 10 and <= JournalFormat.MaxPayloadBytes, $"BlockSizeBytes must be 1 KiB to {JournalFormat.MaxPayloadBytes >> 20} MiB");
        Check(SegmentSizeBytes >= BlockSizeBytes + JournalFormat.SegmentHeaderBytes + JournalFormat.BlockHeaderBytes, "SegmentSizeBytes must hold at least one block of BlockSizeBytes");
        Check(SegmentSizeBytes <= JournalFormat.MaxSegmentBytes, $"SegmentSizeBytes must be at most {JournalFormat.MaxSegmentBytes >> 30} GiB");
        Check(BlockBuffers is >= 2 and <= 4096, "BlockBuffers must be 2 to 4096");
        Check(CommitInterval >= TimeSpan.Zero && CommitInterval <= TimeSpan.FromSeconds(10), "CommitInterval must be 0 to 10 s");
        Check(IdleCommitInterval >= CommitInterval && IdleCommitInterval <= TimeSpan.FromSeconds(10), "IdleCommitInterval must be CommitInterval to 10 s");
        Check(Enum.IsDefined(Durability), "Durability must be fsync or os");
        Check(RetainBytes >= SegmentSizeBytes, "RetainBytes must be at least SegmentSizeBytes");
        Check(RetainAge > TimeSpan.Zero, "RetainAge must be positive");
        Check(MinFreeBytes >= 0, "MinFreeBytes must not be negative");
        Check(VerifyAtOpenBytes >= 0, "VerifyAtOpenBytes must not be negative");
        Check(QuarantineMaxBytes >= 0, "QuarantineMaxBytes must not be negative");
        Check(RetryInitial > TimeSpan.Zero && RetryMaximum >= RetryInitial && RetryMaximum <= TimeSpan.FromMinutes(1), "RetryInitial must be positive, RetryMaximum between it and 1 min");
        return mistakes;

        void Check(bool good, string mistake)
        {
            if (!good)
                mistakes.Add($"journal: {mistake}.");
        }
    }
}
