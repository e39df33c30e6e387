namespace Fengsui.Api.Configuration.Sections;

/// <summary>The durable log that everything else is computed from.</summary>
public sealed class JournalSection
{
    /// <summary>fsync, since an acknowledged sample must never be lost.</summary>
    public Durability Durability { get; internal set; } = Durability.Fsync;

    /// <summary>Longest wait of a group commit: one fsync (about 0.5 ms) is then shared by thousands of messages.</summary>
    public TimeSpan CommitInterval { get; internal set; } = TimeSpan.FromMilliseconds(4);

    /// <summary>Large enough to make creating files rare, small enough to drop old data in steps.</summary>
    public long SegmentBytes { get; internal set; } = 128L << 20;

    /// <summary>Disk that old segments may take. What a projection still needs is never dropped.</summary>
    public long RetainBytes { get; internal set; } = 16L << 30;

    /// <summary>Age at which segments go, unless a projection needs them: a week of back-testing.</summary>
    public TimeSpan RetainAge { get; internal set; } = TimeSpan.FromDays(7);
}
