using System.Globalization;

namespace Fengsui.Api.Endpoints;

/// <summary>Times in queries: ISO 8601 (without an offset, UTC) or milliseconds since 1970.</summary>
public static class QueryTime
{
    public const string Expected = "an ISO 8601 time such as 2026-05-01T08:00:00Z, or milliseconds since 1970";

    public static bool TryParse(string text, out long epochMs)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out epochMs))
        {
            return epochMs is >= 0 and <= MaxEpochMs;
        }

        var isTime = text.Length >= 10
            && text[4] == '-'
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            && (epochMs = time.ToUnixTimeMilliseconds()) >= 0;
        return isTime;
    }

    /// <summary>The end of the year 9999, where calendars here end.</summary>
    private const long MaxEpochMs = 253_402_300_799_999;
}
