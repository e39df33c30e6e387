namespace Fengsui.Ingest.Decoding;

/// <summary>Bounds on what one message may say.</summary>
public sealed class DecodingOptions
{
    /// <summary>Oldest event time accepted, before the time of receipt. 30 days: the longest backlog a gateway is known to keep.</summary>
    public TimeSpan MaxPast { get; init; } = TimeSpan.FromDays(30);

    /// <summary>
    /// Furthest event time accepted, after the time of receipt. 24 hours: a clock set to the wrong zone is measured and
    /// shown as skew, not refused; a year ahead is a fault.
    /// </summary>
    public TimeSpan MaxFuture { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Readings in one message. 10,000: a gateway's backlog in one map; more is cut off by the packet size anyway.</summary>
    public int MaxReadingsPerMessage { get; init; } = 10_000;

    /// <summary>Objects within objects. 8: a metric name of more parts is a mistake.</summary>
    public int MaxDepth { get; init; } = 8;

    /// <summary>Bytes of a metric name, prefix included. 128.</summary>
    public int MaxNameBytes { get; init; } = 128;

    /// <summary>Bytes of one payload that is decoded. 1 MiB.</summary>
    public int MaxPayloadBytes { get; init; } = 1 << 20;
}
