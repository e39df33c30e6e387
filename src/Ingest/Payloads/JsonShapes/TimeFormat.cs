using System.Globalization;
using Fengsui.Ingest.Decoding;

namespace Fengsui.Ingest.Payloads.JsonShapes;

/// <summary>Reads times as a mapping says that they are written.</summary>
internal sealed class TimeFormat(TimeUnit unit, string pattern, TimeSpan zone)
{
    public const string Expected = "one of ms, s, us, ns, iso8601, or a pattern of yyyy MM dd HH mm ss f such as yyyyMMddHHmmss";

    /// <summary>Null when the word is no format.</summary>
    public static TimeFormat? Of(string word, TimeSpan zone) => word switch
    {
        "ms" => new TimeFormat(TimeUnit.Milliseconds, "", zone),
        "s" => new TimeFormat(TimeUnit.Seconds, "", zone),
        "us" => new TimeFormat(TimeUnit.Microseconds, "", zone),
        "ns" => new TimeFormat(TimeUnit.Nanoseconds, "", zone),
        "iso8601" => new TimeFormat(TimeUnit.Iso8601, "", zone),
        _ => TimePattern.IsPattern(word) ? new TimeFormat(TimeUnit.Pattern, word, zone) : null,
    };

    /// <summary>False when the text is no such time.</summary>
    /// <param name="text">A number, or what stands between quotes.</param>
    /// <param name="ms">ms since 1970 UTC, rounded down.</param>
    public bool TryRead(ReadOnlySpan<byte> text, out long ms)
    {
        ms = 0;
        switch (unit)
        {
            case TimeUnit.Iso8601:
                return IsoTime.TryRead(text, zone, out ms);
            case TimeUnit.Pattern:
                return TimePattern.TryRead(text, pattern, zone, out ms);
            default:
                return TryNumber(text, out ms);
        }
    }

    private bool TryNumber(ReadOnlySpan<byte> text, out long ms)
    {
        ms = 0;
        var end = 0;
        if (unit is TimeUnit.Milliseconds or TimeUnit.Seconds && text.Length < 15 && JsonNumber.TryReadInteger(text, ref end, out ms) && end == text.Length)
        {
            ms *= unit == TimeUnit.Seconds ? 1_000 : 1;
            return ms != 0;
        }

        ms = 0;
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (!decimal.TryParse(text, style, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        var factor = unit switch
        {
            TimeUnit.Seconds => 1_000m,
            TimeUnit.Microseconds => 0.001m,
            TimeUnit.Nanoseconds => 0.000_001m,
            _ => 1m,
        };
        const decimal bound = 1e17m;
        if (Math.Abs(number) > bound * 100)
        {
            return false;
        }

        number *= factor;
        ms = Math.Abs(number) < bound ? (long)Math.Floor(number) : 0;
        return ms != 0;
    }
}
