namespace Fengsui.Rules.Evaluation;

/// <summary>Differences of event times that no hostile clock can overflow.</summary>
internal static class EventTime
{
    /// <summary><paramref name="later"/> − <paramref name="earlier"/>, at most <see cref="long.MaxValue"/> and at least 0.</summary>
    public static long Elapsed(long earlier, long later)
    {
        if (later <= earlier)
        {
            return 0;
        }

        var difference = unchecked(later - earlier);
        return difference < 0 ? long.MaxValue : difference;
    }

    public static long JustAfter(long time) => time == long.MaxValue ? time : time + 1;
}
