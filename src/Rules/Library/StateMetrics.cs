namespace Fengsui.Rules.Library;

/// <summary>Metrics that devices report when they change, not all the time.</summary>
internal static class StateMetrics
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "lock", "door", "tamper", "motion", "occupied", "presence", "valve", "alarm", "ignition",
    };

    /// <summary>By the metric's last part: <c>rear.door</c> is a door.</summary>
    public static bool Contains(string metric) => Names.Contains(metric[(metric.LastIndexOf('.') + 1)..]);
}
