namespace Fengsui.Devices.History.Embedded;

/// <summary>Bounds and places of the embedded history; frozen once the store is open.</summary>
public sealed record EmbeddedHistoryOptions
{
    /// <summary>Folder of the store; created with mode 0700 when missing.</summary>
    public required string Directory { get; init; }

    /// <summary>Bytes of one arena. A row of five readings takes 80 bytes: 64 MiB hold 8 s of 100,000 rows/s on one shard.</summary>
    public int ArenaSizeBytes { get; init; } = 64 << 20;

    /// <summary>Arenas a shard may hold: one filling, the others waiting for the flush. A shard that needs more waits.</summary>
    public int ArenasPerShard { get; init; } = 2;

    /// <summary>Rows waiting in all arenas, in bytes, from which <see cref="EmbeddedHistory.WantsMark"/> asks for a mark.</summary>
    public long FlushBytes { get; init; } = 48L << 20;

    /// <summary>Age of the oldest waiting row from which <see cref="EmbeddedHistory.WantsMark"/> asks for a mark.</summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Bound on device ids, which are dense; rows beyond it are refused and counted.</summary>
    public int MaxDevices { get; init; } = 1 << 20;

    /// <summary>Adjacent groups of one level that are merged into one of the next level.</summary>
    public int CompactionFanIn { get; init; } = 8;

    /// <summary>Highest level; with a flush every 15 s a group of level 4 holds 17 hours, so a week is about ten of them.</summary>
    public int MaxLevel { get; init; } = 4;

    /// <summary>Merging stops at this size, so that one merge never needs more free disk than this.</summary>
    public long MaxGroupBytes { get; init; } = 4L << 30;

    /// <summary>Groups of readings that are entirely older are deleted, once every tier has summed them up.</summary>
    public TimeSpan RawRetention { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Down-sampled history that outlives the readings; the finest first.</summary>
    public IReadOnlyList<HistoryTierOptions> Tiers { get; init; } = HistoryTierOptions.Defaults;

    /// <summary>Whether the values of a metric are numbers that can be summed up; null when all are. Positions are not.</summary>
    public Func<ushort, bool>? IsAggregated { get; init; }

    /// <summary>Bound on the bytes of all groups; beyond it the oldest is deleted: readings first, then the finest tier.</summary>
    public long MaxBytes { get; init; } = 100L << 30;

    /// <summary>How long a reading may stand for the signal in a time-weighted mean.</summary>
    public TimeSpan MaxHold { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Bound on cached directory blocks of 4 KiB: 16 MiB.</summary>
    public int DirectoryCacheBlocks { get; init; } = 4096;

    /// <summary>First wait after a failed flush; doubles up to <see cref="MaxRetryDelay"/>.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>False leaves merging and retention to <see cref="EmbeddedHistory.MaintainOnce"/>.</summary>
    public bool BackgroundMaintenance { get; init; } = true;

    /// <summary>Called by the flush worker after a group is committed, when late readings turned out to be duplicates.</summary>
    public Action<IReadOnlyList<LateDuplicateCount>>? OnLateDuplicates { get; init; }

    /// <summary>Called on the thread that met it; must not block.</summary>
    public Action<HistoryIncident>? OnIncident { get; init; }
}
