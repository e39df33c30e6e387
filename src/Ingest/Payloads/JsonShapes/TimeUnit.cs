namespace Fengsui.Ingest.Payloads.JsonShapes;

/// <summary>How a time is written.</summary>
internal enum TimeUnit : byte
{
    Nanoseconds,
    Microseconds,
    Milliseconds,
    Seconds,

    /// <summary>As in 2026-11-25T08:00:00+08:00.</summary>
    Iso8601,

    /// <summary>As a pattern says.</summary>
    Pattern,
}
