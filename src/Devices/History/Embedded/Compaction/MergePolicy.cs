using Fengsui.Devices.History.Embedded.Groups;
using Fengsui.Devices.History.Embedded.Queries;
using Fengsui.Devices.History.Embedded.Tiers;

namespace Fengsui.Devices.History.Embedded.Compaction;

/// <summary>Decides what to merge and what to delete, from the list of groups in journal order alone.</summary>
internal static class MergePolicy
{
    /// <summary>The oldest adjacent groups of the lowest level that has enough of them; empty when there are none.</summary>
    /// <param name="tiers">Tiers that are summed up from these groups; none for groups of a tier.</param>
    public static ArraySegment<GroupFile> NextMerge(GroupFile[] groups, EmbeddedHistoryOptions options, params IReadOnlyList<TierView> tiers)
    {
        for (var level = 0; level < options.MaxLevel; level++)
        {
            var run = NextOfLevel(groups, level, options, tiers);
            if (run.Count > 0)
                return run;
        }

        return ArraySegment<GroupFile>.Empty;
    }

    /// <summary>Groups that are entirely older than the retention, and the oldest ones beyond the bound on bytes.</summary>
    public static List<GroupFile> Expired(HistoryView view, EmbeddedHistoryOptions options, long nowMs)
    {
        var oldest = nowMs - (long)options.RawRetention.TotalMilliseconds;
        var bytes = TierPolicy.Bytes(view);
        var expired = new List<GroupFile>();
        foreach (var group in view.Groups)
        {
            if (group.Info.MaxTimeMs >= oldest && bytes <= options.MaxBytes)
                continue;
            expired.Add(group);
            bytes -= group.Info.Bytes;
        }

        return expired;
    }

    private static ArraySegment<GroupFile> NextOfLevel(
        GroupFile[] groups, int level, EmbeddedHistoryOptions options, IReadOnlyList<TierView> tiers)
    {
        var (start, bytes) = (0, 0L);
        for (var i = 0; i < groups.Length; i++)
        {
            if (groups[i].Info.Level != level || groups[i].IsDamaged)
            {
                (start, bytes) = (i + 1, 0);
                continue;
            }

            if (i > start && TierPolicy.IsBorder(tiers, groups[i - 1].Info, groups[i].Info))
                (start, bytes) = (i, 0);
            bytes += groups[i].Info.Bytes;
            for (; bytes > options.MaxGroupBytes; start++)
                bytes -= groups[start].Info.Bytes;
            if (i + 1 - start == options.CompactionFanIn)
                return new ArraySegment<GroupFile>(groups, start, options.CompactionFanIn);
        }

        return ArraySegment<GroupFile>.Empty;
    }
}
