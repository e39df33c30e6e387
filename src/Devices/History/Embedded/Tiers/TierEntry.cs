using Fengsui.Devices.History.Embedded.Groups;

namespace Fengsui.Devices.History.Embedded.Tiers;

/// <summary>A chunk of a tier holds one metric, so its entry in the directory names it beside the number of buckets.</summary>
internal static class TierEntry
{
    private const int MetricShift = 16;

    public static int Pack(int buckets, ushort metric) => buckets | (metric << MetricShift);

    public static ushort MetricOf(in DirectoryEntry entry) => (ushort)((uint)entry.Rows >> MetricShift);
}
