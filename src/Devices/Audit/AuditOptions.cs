namespace Fengsui.Devices.Audit;

/// <summary>How the audit log is written; each value says why it is the default.</summary>
public sealed record AuditOptions
{
    /// <summary>Folder of the segments: <c>data/audit</c>.</summary>
    public required string Directory { get; init; }

    /// <summary>Whether a group is synced to the disk before it counts as written. Follows the journal's durability.</summary>
    public bool Fsync { get; init; } = true;

    /// <summary>A segment is ended behind this many bytes. 64 MiB: some 150,000 records, verified in a second.</summary>
    public long SegmentBytes { get; init; } = 64L << 20;

    /// <summary>
    /// Records that may wait to be written, some 50 MB. At the bound the policy is <em>wait</em>: whoever records is held until there is room,
    /// so nothing goes unrecorded and nothing is shed. Alerts do not pass through this queue; they are followed in their own log.
    /// </summary>
    public int MaxQueued { get; init; } = 65_536;

    /// <summary>Records of one group: what is followed is written in groups of at most that many.</summary>
    public int MaxGroup { get; init; } = 1_024;

    /// <summary>Least time between two syncs, so that the log does not take the disk from the journal. 10 ms.</summary>
    public TimeSpan SyncInterval { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>The head is anchored in the journal after that many records. 10,000: what could be re-written unseen stays small in a storm.</summary>
    public int AnchorRecords { get; init; } = 10_000;

    /// <summary>And after that time, when there is anything new. 1 minute.</summary>
    public TimeSpan AnchorInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>And after that time, new or not: from the newest anchor on the journal is read again at a start. 10 minutes.</summary>
    public TimeSpan IdleAnchorInterval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How far behind the journal's end the log may be and still have its segments kept. 4 GiB.</summary>
    public long MaxJournalLagBytes { get; init; } = 4L << 30;

    /// <summary>Entries of the alert log that may be unrecorded before the server counts as not ready. 100,000: a storm of a minute and more.</summary>
    public long MaxAlertLag { get; init; } = 100_000;
}
