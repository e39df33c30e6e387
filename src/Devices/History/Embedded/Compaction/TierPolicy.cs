using Fengsui.Devices.History.Embedded.Groups;
using Fengsui.Devices.History.Embedded.Queries;
using Fengsui.Devices.History.Embedded.Tiers;

namespace Fengsui.Devices.History.Embedded.Compaction;

/// <summary>Decides what is summed up and what of the tiers is deleted, from the lists of groups alone.</summary>
internal static class TierPolicy
{
    /// <summary>
    /// The first raw group after the tier's position, once it or a later one has been merged to the tier's level (one before
    /// it that was not merged never will be) or waits to be deleted; else null.
    /// </summary>
    public static GroupFile? NextBuild(HistoryView view, TierView tier, EmbeddedHistoryOptions options, IReadOnlyList<GroupFile> expired)
    {
        var level = Math.Min(tier.Options.BuildLevel, options.MaxLevel);
        var first = Array.FindIndex(view.Groups, group => group.Info.EndPosition > tier.BuiltPosition);
        return first >= 0 && Array.Exists(view.Groups[first..], group => group.Info.Level >= level || expired.Contains(group))
            ? view.Groups[first]
            : null;
    }

    /// <summary>Groups of a tier that are entirely older than its retention, or its oldest when all is too large and no finer data is left.</summary>
    public static List<GroupFile> Expired(HistoryView view, int index, EmbeddedHistoryOptions options, long nowMs)
    {
        var tier = view.Tiers[index];
        var oldest = nowMs - (long)tier.Options.Retention.TotalMilliseconds;
        var expired = tier.Groups.Where(group => group.Info.MaxTimeMs + tier.StepMs <= oldest).ToList();
        var finer = view.Groups.Length + view.Tiers.Take(index).Sum(other => other.Groups.Length);
        if (expired.Count == 0 && finer == 0 && tier.Groups.Length > 0 && Bytes(view) > options.MaxBytes)
            expired.Add(tier.Groups[0]);
        return expired;
    }

    public static long Bytes(HistoryView view) =>
        view.Groups.Sum(group => group.Info.Bytes) + view.Tiers.Sum(tier => tier.Groups.Sum(group => group.Info.Bytes));

    /// <summary>Whether two adjacent raw groups must not become one: a tier's position must stay at the border of a group.</summary>
    public static bool IsBorder(IReadOnlyList<TierView> tiers, GroupInfo earlier, GroupInfo later)
    {
        foreach (var tier in tiers)
        {
            if (earlier.EndPosition <= tier.BuiltPosition && later.EndPosition > tier.BuiltPosition)
                return true;
        }

        return false;
    }
}
