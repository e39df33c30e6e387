namespace Fengsui.Devices.Tracing;

/// <summary>A record of the journal: one batch, which is what one connection gave in one read of its socket.</summary>
/// <param name="Position">Where it ends: what its rows carry in the history, and alerts in their log.</param>
public sealed record TracedRecord(RecordState State, long Position)
{
    /// <summary>File name in <c>journal/</c>; empty when it is not present.</summary>
    public string Segment { get; init; } = "";

    /// <summary>First byte of the block in the file.</summary>
    public long BlockOffset { get; init; }

    /// <summary>Bytes of the block, its header included.</summary>
    public int BlockBytes { get; init; }

    /// <summary>1, 2, 3… over the journal's life.</summary>
    public long BlockSequence { get; init; }

    /// <summary>When the block was closed, ms since 1970 UTC.</summary>
    public long CommitMs { get; init; }

    /// <summary>Bytes of the record.</summary>
    public int Bytes { get; init; }

    /// <summary>What it is: <c>readings</c>, <c>declarations</c>, <c>tick</c>, …</summary>
    public string Kind { get; init; } = "";

    /// <summary>Of readings: when it came, ms since 1970 UTC.</summary>
    public long ReceiveMs { get; init; }

    /// <summary>Of readings: who sent it, such as <c>mqtt/gateway-7</c>.</summary>
    public string Source { get; init; } = "";

    /// <summary>Of readings: how many its messages held, and how many of them were neither stored nor kept as dead letters.</summary>
    public int Received { get; init; }

    public int Refused { get; init; }

    /// <summary>Of readings: its entries; a row is the readings of one device at one time.</summary>
    public int Rows { get; init; }

    public int DeadLetters { get; init; }
}
