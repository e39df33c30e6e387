using Fengsui.Devices.History.Embedded.Groups;

namespace Fengsui.Devices.History.Embedded.Compaction;

/// <summary>Decides what to merge and what to delete, from the list of groups in journal order alone.</summary>
internal static class MergePolicy
{
    /// <summary>The oldest adjacent groups of the lowest level that has enough of them; empty when there are none.</summary>
    public static ArraySegment<GroupFile> NextMerge(GroupFile[] groups, EmbeddedHistoryOptions options)
    {
        for (var level = 0; level < options.MaxLevel; level++)
        {
            var run = NextOfLevel(groups, level, options);
            if (run.Count > 0)
                return run;
        }

        return ArraySegment<GroupFile>.Empty;
    }

    /// <summary>Groups that are entirely older than the retention, and the oldest ones beyond the bound on bytes.</summary>
    public static List<GroupFile> Expired(GroupFile[] groups, EmbeddedHistoryOptions options, long nowMs)
    {
        var oldest = nowMs - (long)options.RawRetention.TotalMilliseconds;
        var bytes = groups.Sum(group => group.Info.Bytes);
        var expired = new List<GroupFile>();
        foreach (var group in groups)
        {
            if (group.Info.MaxTimeMs >= oldest && bytes <= options.MaxBytes)
                continue;
            expired.Add(group);
            bytes -= group.Info.Bytes;
        }

        return expired;
    }

    private static ArraySegment<GroupFile> NextOfLevel(GroupFile[] groups, int level, EmbeddedHistoryOptions options)
    {
        var (start, bytes) = (0, 0L);
        for (var i = 0; i < groups.Length; i++)
        {
            if (groups[i].Info.Level != level || groups[i].IsDamaged)
            {
                (start, bytes) = (i + 1, 0);
                continue;
            }

            bytes += groups[i].Info.Bytes;
            for (; bytes > options.MaxGroupBytes; start++)
                bytes -= groups[start].Info.Bytes;
            if (i + 1 - start == options.CompactionFanIn)
                return new ArraySegment<GroupFile>(groups, start, options.CompactionFanIn);
        }

        return ArraySegment<GroupFile>.Empty;
    }
}
