namespace Fengsui.Ingest.Payloads.JsonShapes;

/// <summary>From the parts of a date to ms since 1970 UTC.</summary>
internal static class CalendarTime
{
    /// <summary>False when there is no such time.</summary>
    /// <param name="second">60, a leap second, is the second after.</param>
    /// <param name="zone">How far the local time is ahead of UTC.</param>
    public static bool TryMs(int year, int month, int day, int hour, int minute, int second, int millisecond, TimeSpan zone, out long ms)
    {
        ms = 0;
        if (year is < 1 or > 9998 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 60)
        {
            return false;
        }

        var date = new DateTime(year, month, day, hour, minute, 0, DateTimeKind.Utc);
        ms = (date.Ticks - DateTime.UnixEpoch.Ticks - zone.Ticks) / TimeSpan.TicksPerMillisecond + (second * 1_000L) + millisecond;
        return true;
    }
}
