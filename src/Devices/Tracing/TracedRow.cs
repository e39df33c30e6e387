namespace Fengsui.Devices.Tracing;

/// <summary>One row, the readings of one device at one time, with where it came from and where it went.</summary>
public sealed record TracedRow
{
    public required string Device { get; init; }

    /// <summary>The time under which it counts, ms since 1970 UTC.</summary>
    public required long TimeMs { get; init; }

    public required long ReceiveMs { get; init; }

    /// <summary>Who sent it, such as <c>mqtt/gateway-7</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The metric that was asked for first; never empty.</summary>
    public required IReadOnlyList<TracedValue> Values { get; init; }

    public required TracedRecord Record { get; init; }

    /// <summary>Which entry of the record; null when the record is gone.</summary>
    public int? Index { get; init; }

    /// <summary>As its actor judged; once the record is gone, by whether the history holds newer rows of the device from before it.</summary>
    public required TracedFate Fate { get; init; }

    /// <summary>It had no time of its own, and counts under that of its receipt. False also when the record is gone.</summary>
    public bool HasServerTime { get; init; }

    /// <summary>The gateway had marked it as sent again. False also when the record is gone.</summary>
    public bool IsResent { get; init; }

    public required HistoryState History { get; init; }

    /// <summary>When it is stored.</summary>
    public TracedChunk? Chunk { get; init; }

    /// <summary>Metrics of a late row that the history held already, with the same time and value: it kept the others. Told of a record only.</summary>
    public IReadOnlyList<string> StoredBefore { get; init; } = [];

    /// <summary>By step, the smallest first.</summary>
    public IReadOnlyList<TracedTier> Tiers { get; init; } = [];

    /// <summary>By name.</summary>
    public IReadOnlyList<TracedTarget> Targets { get; init; } = [];

    /// <summary>In the order of the alert log.</summary>
    public IReadOnlyList<TracedAlert> Alerts { get; init; } = [];
}
