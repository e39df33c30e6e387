using Fengsui.Devices.History.Embedded.Tiers;

namespace Fengsui.Devices.History.Embedded.Queries;

/// <summary>
/// Decides from what the steps of a range are computed: from the coarsest tier whose buckets fill the steps exactly; where
/// that one does not reach yet (the newest, or what late readings touched), from the readings; where not all readings are there
/// any more, from the buckets and those readings that are not in them yet; where the tier does not reach any more, from the
/// next coarser one.
/// </summary>
internal static class StepPlan
{
    /// <param name="fromMs">With the time before the first step from which a signal may be held.</param>
    /// <returns>By time, without gap or overlap.</returns>
    public static List<StepPart> Make(HistoryView view, ReadingScratch scratch, int device, long fromMs, long toMs, long stepMs)
    {
        var parts = new List<StepPart>();
        var preferred = Array.FindLastIndex(view.Tiers, tier => stepMs % tier.StepMs == 0);
        var upper = toMs;
        if (preferred >= 0)
        {
            // Where every reading is still there, they are simpler than buckets that lack some.
            var tier = view.Tiers[preferred];
            Take(parts, null, Math.Max(IncompleteFrom(view, tier, scratch, device), AlignUp(view.RawFloorMs, tier.StepMs)), fromMs, ref upper);
        }
        else
        {
            Take(parts, null, FloorIn(view.Tiers, 0, view.RawFloorMs), fromMs, ref upper);
        }

        for (var i = Math.Max(preferred, 0); i < view.Tiers.Length && upper > fromMs; i++)
        {
            var tier = view.Tiers[i];
            var floorMs = FloorIn(view.Tiers, i + 1, AlignUp(tier.FloorMs, tier.StepMs));
            Take(parts, tier, Math.Max(IncompleteFrom(view, tier, scratch, device), floorMs), fromMs, ref upper, isIncomplete: true);
            Take(parts, tier, floorMs, fromMs, ref upper);
        }

        parts.Reverse();
        return parts;
    }

    private static void Take(List<StepPart> parts, TierView? tier, long floorMs, long fromMs, ref long upper, bool isIncomplete = false)
    {
        var from = Math.Max(floorMs, fromMs);
        if (from >= upper)
            return;
        parts.Add(new StepPart(tier, from, upper, isIncomplete));
        upper = from;
    }

    /// <summary>A floor brought to a border of the next coarser tier's buckets, so that none is taken in part; the last source has none.</summary>
    private static long FloorIn(TierView[] tiers, int coarser, long floorMs) =>
        coarser < tiers.Length ? AlignUp(floorMs, tiers[coarser].StepMs) : long.MinValue;

    /// <summary>Start of the first bucket of the device that lacks readings after the tier's position.</summary>
    private static long IncompleteFrom(HistoryView view, TierView tier, ReadingScratch scratch, int device)
    {
        var oldest = ArenaRows.OldestTime(view.Arenas, device);
        var entries = new List<Groups.DirectoryEntry>();
        foreach (var group in view.Groups)
        {
            if (group.Info.EndPosition <= tier.BuiltPosition)
                continue;
            entries.Clear();
            scratch.Loader.Find(group, device, long.MinValue, long.MaxValue, entries);
            foreach (var entry in entries)
                oldest = Math.Min(oldest, entry.MinTimeMs);
        }

        return oldest == long.MaxValue ? oldest : StepAggregator.StartOf(oldest, tier.StepMs);
    }

    private static long AlignUp(long timeMs, long stepMs) =>
        timeMs == long.MinValue ? timeMs : StepAggregator.StartOf(timeMs + stepMs - 1, stepMs);
}
