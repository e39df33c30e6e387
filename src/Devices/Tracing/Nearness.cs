namespace Fengsui.Devices.Tracing;

/// <summary>Which of several times is nearest to one.</summary>
internal static class Nearness
{
    /// <summary>The nearer one of a time and the nearest so far, the earlier of two; a time further away than allowed is none.</summary>
    public static long? Of(long time, long? nearest, long wanted, long withinMs)
    {
        var distance = Math.Abs(time - wanted);
        if (distance > withinMs)
            return nearest;
        var best = nearest is { } known ? Math.Abs(known - wanted) : long.MaxValue;
        return distance < best || (distance == best && time < nearest) ? time : nearest;
    }
}
