namespace Fengsui.Rules.Library.Schedules;

/// <summary>
/// Times of the week by the clock on the wall: what it shows decides. So a span within an hour that the clock skips does not
/// happen that day, and one within an hour that it shows twice happens twice.
/// </summary>
/// <param name="canonical">All that it depends on: equal texts mean the same times.</param>
/// <param name="excluded">Days since 1970-01-01, sorted, on which no span begins.</param>
/// <param name="included">The same, on which every span begins, whatever day of the week it is.</param>
internal sealed class Schedule(string name, string canonical, ZoneClock clock, ScheduleSpan[] spans, int[] excluded, int[] included)
{
    private const long MinuteMs = 60_000;

    /// <summary>1970-01-01 was a Thursday.</summary>
    private const int FirstWeekday = 3;

    public string Name { get; } = name;

    public string Canonical { get; } = canonical;

    /// <summary>Whether a moment (Unix ms) is inside: from the first millisecond of a span to the last one before its end.</summary>
    public bool IsDuring(long timeMs)
    {
        var minutes = FloorDivide(clock.WallMs(timeMs), MinuteMs);
        var day = (int)FloorDivide(minutes, ScheduleText.DayMinutes);
        var minute = (int)(minutes - ((long)day * ScheduleText.DayMinutes));
        var (today, yesterday) = (DaysThatBegin(day), DaysThatBegin(day - 1));
        foreach (ref readonly var span in spans.AsSpan())
        {
            var isSinceToday = (span.Days & today) != 0 && minute >= span.FromMinute && (span.CrossesMidnight || minute < span.ToMinute);
            var isSinceYesterday = span.CrossesMidnight && (span.Days & yesterday) != 0 && minute < span.ToMinute;
            if (isSinceToday || isSinceYesterday)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The bits of weekdays whose spans begin on a date.</summary>
    private int DaysThatBegin(int day)
    {
        if (Array.BinarySearch(excluded, day) >= 0)
        {
            return 0;
        }

        var weekday = (int)(day + FirstWeekday - (FloorDivide(day + FirstWeekday, 7) * 7));
        return Array.BinarySearch(included, day) >= 0 ? ~0 : 1 << weekday;
    }

    private static long FloorDivide(long value, long by) => value >= 0 ? value / by : -((-value + by - 1) / by);
}
