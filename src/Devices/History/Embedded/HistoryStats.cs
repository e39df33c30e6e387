namespace Fengsui.Devices.History.Embedded;

/// <summary>Counters since the store was opened, and the present size.</summary>
public sealed record HistoryStats
{
    public long CommittedPosition { get; init; }

    public int Groups { get; init; }

    public long Bytes { get; init; }

    /// <summary>Group files of all tiers.</summary>
    public int TierGroups { get; init; }

    /// <summary>Bytes of the tiers, which are not in <see cref="Bytes"/>.</summary>
    public long TierBytes { get; init; }

    /// <summary>Buckets in the tiers' files; one that was computed anew counts each time until a merge.</summary>
    public long TierBuckets { get; init; }

    /// <summary>Raw groups that were summed up, counted once a tier.</summary>
    public long TiersBuilt { get; init; }

    public long Rows { get; init; }

    public long Readings { get; init; }

    public long Flushes { get; init; }

    public long FlushedRows { get; init; }

    /// <summary>Wall time of the successful flushes, in nanoseconds.</summary>
    public long FlushBusyNs { get; init; }

    public long LateDuplicateReadings { get; init; }

    /// <summary>Rows at or below the committed position that a replay offered again and the store refused.</summary>
    public long ReplayedRows { get; init; }

    /// <summary>Rows refused because they break a bound (device id, shape id or size of a row).</summary>
    public long RefusedRows { get; init; }

    /// <summary>Times a shard had to wait for a free arena.</summary>
    public long ArenaWaits { get; init; }

    /// <summary>Arenas beyond the pool, used because a mark did not come before the pool was empty.</summary>
    public long OverflowArenas { get; init; }

    public long FailedFlushes { get; init; }

    public long Compactions { get; init; }

    public long FailedCompactions { get; init; }

    /// <summary>Groups deleted by age or by total size.</summary>
    public long RetiredGroups { get; init; }

    public long DamagedChunks { get; init; }

    public long QuarantinedGroups { get; init; }
}
