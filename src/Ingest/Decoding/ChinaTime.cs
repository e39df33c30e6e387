namespace Fengsui.Ingest.Decoding;

/// <summary>Times of day in GMT+8, which both JT/T 808 and HJ 212 write whatever the place.</summary>
internal static class ChinaTime
{
    private const long OffsetMs = 8 * 3_600_000;

    /// <summary>ms since 1970 UTC; 0 when there is no such time.</summary>
    public static long ToUnixMs(int year, int month, int day, int hour, int minute, int second, int millisecond = 0)
    {
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59 || millisecond is < 0 or > 999)
        {
            return 0;
        }

        var local = new DateTime(year, month, day, hour, minute, second, millisecond, DateTimeKind.Utc);
        return ((local.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond) - OffsetMs;
    }
}
