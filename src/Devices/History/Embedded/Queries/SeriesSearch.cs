using Fengsui.Devices.History.Embedded.Groups;
using Fengsui.Devices.History.Embedded.Tiers;

namespace Fengsui.Devices.History.Embedded.Queries;

/// <summary>Finds out which metrics a device has, without reading any value.</summary>
internal static class SeriesSearch
{
    public static SortedSet<ushort> Metrics(HistorySnapshot snapshot, ReadingScratch scratch, int device, long fromMs, long toMs)
    {
        var metrics = new SortedSet<ushort>();
        ArenaRows.AddMetrics(snapshot.View.Arenas, device, fromMs, toMs, metrics);
        var finest = snapshot.View.Tiers.FirstOrDefault();
        foreach (var tier in snapshot.View.Tiers)
        {
            foreach (var (_, entry) in Entries(tier.Groups, scratch, device, fromMs, toMs))
                metrics.Add(TierEntry.MetricOf(entry));
        }

        foreach (var (group, entry) in Entries(snapshot.View.Groups, scratch, device, fromMs, toMs))
        {
            // What a tier has summed up, its directory has named.
            if ((finest is null || group.Info.EndPosition > finest.BuiltPosition) && scratch.Loader.TryOpen(group, entry))
                metrics.UnionWith(scratch.Loader.Reader.Metrics.ToArray());
        }

        return metrics;
    }

    private static IEnumerable<(GroupFile Group, DirectoryEntry Entry)> Entries(
        GroupFile[] groups, ReadingScratch scratch, int device, long fromMs, long toMs)
    {
        var found = new List<DirectoryEntry>();
        foreach (var group in groups)
        {
            if (group.Info.MinTimeMs >= toMs || group.Info.MaxTimeMs < fromMs)
                continue;
            found.Clear();
            scratch.Loader.Find(group, device, fromMs, toMs, found);
            foreach (var entry in found)
                yield return (group, entry);
        }
    }
}
