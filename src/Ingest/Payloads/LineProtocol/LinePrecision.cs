namespace Fengsui.Ingest.Payloads.LineProtocol;

/// <summary>The unit of the timestamps of line protocol.</summary>
internal enum LinePrecision : byte
{
    Nanoseconds,
    Microseconds,
    Milliseconds,
    Seconds,
    Minutes,
    Hours,
}
