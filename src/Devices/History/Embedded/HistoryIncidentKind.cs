namespace Fengsui.Devices.History.Embedded;

/// <summary>What went wrong with the store's files. None of these stops the store, none is silent.</summary>
public enum HistoryIncidentKind
{
    /// <summary>The index database could not be read; it was set aside and rebuilt from the group files.</summary>
    IndexSetAside,

    /// <summary>A group file does not verify; it was moved to the quarantine folder.</summary>
    GroupQuarantined,

    /// <summary>A group file that the index names is gone.</summary>
    GroupMissing,

    /// <summary>A group file left by a crash was verified and taken into the index.</summary>
    GroupAdopted,

    /// <summary>One chunk of a group does not verify; the other chunks stay readable.</summary>
    ChunkDamaged,

    /// <summary>The environment refused a flush (disk full, I/O error, database busy); it is retried.</summary>
    FlushFailed,

    /// <summary>The environment refused a compaction or a deletion; it is retried after the next flush.</summary>
    CompactionFailed,
}
