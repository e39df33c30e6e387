namespace Fengsui.Devices.Records;

/// <summary>Why all shards stop at a mark. On disk: never renumber.</summary>
public enum MarkPurpose : byte
{
    /// <summary>Flush the history only: an arena is full.</summary>
    HistoryFlush = 1,

    /// <summary>Flush the history and take a snapshot of every actor.</summary>
    Snapshot = 2,
}
