namespace Fengsui.Rules.Library.Schedules;

/// <summary>
/// The clock on the wall of one time zone: when its offset from UTC changed and will change, from 2000 to 2100, read once
/// from the system's time zone data; before and after, the first and the last offset hold. A lookup is a binary search.
/// </summary>
internal sealed class ZoneClock
{
    private const long DayMs = 86_400_000;

    private static readonly long FirstMs = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private static readonly long LastMs = new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private readonly long[] _changesMs;
    private readonly long[] _offsetsMs;

    private ZoneClock(long[] changesMs, long[] offsetsMs)
    {
        _changesMs = changesMs;
        _offsetsMs = offsetsMs;
    }

    /// <summary>Null when nobody knows the zone: an IANA name, or an offset such as <c>+08:00</c>.</summary>
    public static ZoneClock? Find(string name)
    {
        if (ScheduleText.TryOffset(name, out var offsetMs))
        {
            return new ZoneClock([], [offsetMs]);
        }

        // A path would be read as a file, and a three-letter name means different things to different systems.
        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId ? Of(zone) : null;
    }

    /// <summary>Milliseconds since 1970-01-01 00:00 on the wall.</summary>
    public long WallMs(long timeMs)
    {
        var found = Array.BinarySearch(_changesMs, timeMs);
        return timeMs + _offsetsMs[found < 0 ? ~found : found + 1];
    }

    /// <summary>Whether the offset, and so the wall's minutes, keep to whole minutes of UTC.</summary>
    public bool HasWholeMinutes => _offsetsMs.All(offset => offset % 60_000 == 0) && _changesMs.All(change => change % 60_000 == 0);

    private static ZoneClock Of(TimeZoneInfo zone)
    {
        var changes = new List<long>();
        var offsets = new List<long> { OffsetOf(zone, FirstMs) };
        for (var day = FirstMs; day < LastMs; day += DayMs)
        {
            if (OffsetOf(zone, day + DayMs) is var next && next != offsets[^1])
            {
                changes.Add(ChangeBetween(zone, day, day + DayMs, next));
                offsets.Add(next);
            }
        }

        return new ZoneClock([.. changes], [.. offsets]);
    }

    private static long ChangeBetween(TimeZoneInfo zone, long before, long after, long offset)
    {
        while (after - before > 1)
        {
            var middle = before + ((after - before) / 2);
            (before, after) = OffsetOf(zone, middle) == offset ? (before, middle) : (middle, after);
        }

        return after;
    }

    private static long OffsetOf(TimeZoneInfo zone, long timeMs) =>
        (long)zone.GetUtcOffset(DateTimeOffset.FromUnixTimeMilliseconds(timeMs).UtcDateTime).TotalMilliseconds;
}
