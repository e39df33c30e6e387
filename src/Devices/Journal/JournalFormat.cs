namespace Fengsui.Devices.Journal;

/// <summary>Constants of format version 1. The byte layout is described in <c>docs/journal-format.md</c>.</summary>
public static class JournalFormat
{
    public const ushort Version = 1;
    public const int SegmentHeaderBytes = 64;
    public const int BlockHeaderBytes = 64;

    /// <summary>Each batch in a payload is preceded by its length, u32 little endian.</summary>
    public const int BatchPrefixBytes = 4;

    /// <summary>Bound on a block's payload; a header that says more is damage.</summary>
    public const int MaxPayloadBytes = 64 << 20;

    /// <summary>Bound on a segment file.</summary>
    public const long MaxSegmentBytes = 1L << 30;

    /// <summary>
    /// Each opening goes on at the next multiple of this, so that no position that an earlier run handed out and lost is
    /// ever used again. 64 GiB: more than any machine holds unwritten; enough for 130 million openings.
    /// </summary>
    public const long PositionStep = 1L << 36;

    public const string QuarantineFolder = "quarantine";
    public const string LockFile = "journal.lock";

    /// <summary>Holds the id of the process that has, or last had, the lock; for messages only.</summary>
    public const string HolderFile = "journal.holder";
}
