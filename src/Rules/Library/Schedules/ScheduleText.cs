using System.Globalization;

namespace Fengsui.Rules.Library.Schedules;

/// <summary>Times of day, days, dates and offsets as schedules write them.</summary>
internal static class ScheduleText
{
    public const int DayMinutes = 1440;

    public static readonly string[] Days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// <summary><c>22:00</c> in minutes; <c>24:00</c> is the end of the day.</summary>
    public static bool TryMinute(string text, out int minute)
    {
        minute = 0;
        if (text.Length != 5 || text[2] != ':' || !TryNumber(text[..2], out var hours) || !TryNumber(text[3..], out var minutes))
        {
            return false;
        }

        minute = (hours * 60) + minutes;
        return minutes < 60 && minute <= DayMinutes;
    }

    /// <summary><c>+08:00</c>, <c>-03:30</c>, <c>Z</c>, <c>UTC</c>.</summary>
    public static bool TryOffset(string text, out long milliseconds)
    {
        milliseconds = 0;
        if (text is "UTC" or "Z")
        {
            return true;
        }

        if (text.Length != 6 || text[0] is not ('+' or '-') || !TryMinute(text[1..], out var minutes) || minutes > 14 * 60)
        {
            return false;
        }

        milliseconds = (text[0] == '-' ? -minutes : minutes) * 60_000L;
        return true;
    }

    /// <summary><c>mon</c>, or <c>mon..fri</c>, or across the week's end <c>sat..mon</c>; adds to the bits, Monday's is 1.</summary>
    public static bool TryDays(string text, ref int bits)
    {
        var ends = text.Split("..");
        var (first, last) = (Array.IndexOf(Days, ends[0].Trim()), Array.IndexOf(Days, ends[^1].Trim()));
        if (ends.Length > 2 || first < 0 || last < 0)
        {
            return false;
        }

        for (var day = first; ; day = (day + 1) % Days.Length)
        {
            bits |= 1 << day;
            if (day == last)
            {
                return true;
            }
        }
    }

    /// <summary><c>2026-10-01</c> or <c>2026-10-01..2026-10-07</c>; days since 1970-01-01, both ends included.</summary>
    public static bool TryDates(string text, out int first, out int last)
    {
        var ends = text.Split("..");
        last = 0;
        return TryDate(ends[0].Trim(), out first) && TryDate(ends[^1].Trim(), out last) && ends.Length <= 2 && last >= first;
    }

    private static bool TryDate(string text, out int day)
    {
        var isDate = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date);
        day = date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
        return isDate;
    }

    private static bool TryNumber(string text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
