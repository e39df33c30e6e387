namespace Fengsui.Ingest.Payloads.LineProtocol;

/// <summary>Names and arithmetic of the precisions.</summary>
internal static class LinePrecisions
{
    public const string Expected = "one of ns, us, ms, s, m, h";

    /// <summary>The names of both generations of the interface; no name is nanoseconds.</summary>
    public static bool TryParse(string? name, out LinePrecision precision)
    {
        (precision, var isKnown) = name switch
        {
            null or "" or "n" or "ns" => (LinePrecision.Nanoseconds, true),
            "u" or "us" or "µ" or "µs" => (LinePrecision.Microseconds, true),
            "ms" => (LinePrecision.Milliseconds, true),
            "s" => (LinePrecision.Seconds, true),
            "m" => (LinePrecision.Minutes, true),
            "h" => (LinePrecision.Hours, true),
            _ => (LinePrecision.Nanoseconds, false),
        };
        return isKnown;
    }

    /// <summary>ms since 1970 UTC, rounded down; false beyond what ms can say.</summary>
    public static bool TryMilliseconds(this LinePrecision precision, long stated, out long ms)
    {
        var (factor, divisor) = precision switch
        {
            LinePrecision.Nanoseconds => (1L, 1_000_000L),
            LinePrecision.Microseconds => (1L, 1_000L),
            LinePrecision.Milliseconds => (1L, 1L),
            LinePrecision.Seconds => (1_000L, 1L),
            LinePrecision.Minutes => (60_000L, 1L),
            _ => (3_600_000L, 1L),
        };
        ms = (stated / divisor) - (stated % divisor < 0 ? 1 : 0);
        var isSafe = Math.Abs((double)ms * factor) < long.MaxValue / 2.0;
        ms = isSafe ? ms * factor : 0;
        return isSafe;
    }
}
