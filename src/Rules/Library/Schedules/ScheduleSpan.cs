namespace Fengsui.Rules.Library.Schedules;

/// <summary>A stretch of time of the days on which it begins.</summary>
/// <param name="Days">Bits, Monday's is 1.</param>
/// <param name="FromMinute">Of the day; this minute is inside.</param>
/// <param name="ToMinute">The first minute after it; at most <paramref name="FromMinute"/> when it ends on the next day.</param>
internal readonly record struct ScheduleSpan(int Days, int FromMinute, int ToMinute)
{
    public bool CrossesMidnight => ToMinute <= FromMinute;
}
