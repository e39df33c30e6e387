using Fengsui.Devices.History.Embedded.Queries;
using Fengsui.Devices.History.Embedded.Tiers;

namespace Fengsui.Devices.History.Embedded.Groups;

/// <summary>
/// Brings the tiers' files and the index into step when the store opens. A file that the index does not name is left over from
/// a crash and made again, so it goes; one that is missing or damaged is made again, with all later ones, when the raw groups
/// it was made from are still there. When the index was lost, what the files say is taken.
/// </summary>
internal sealed class TierRecovery(
    EmbeddedHistoryOptions options, IHistoryFiles files, GroupIndex index, GroupRecovery raw)
{
    private readonly List<GroupFile> _groups = [];

    /// <param name="nowMs">When the index was lost, no reading is believed to be kept that would have been deleted by now.</param>
    public HistoryView Run(List<GroupFile> rawGroups, long nowMs)
    {
        var lost = OpenIndexed();
        foreach (var path in Directory.GetFiles(options.Directory, "t*-*" + GroupLayout.Extension))
        {
            if (!_groups.Exists(group => group.Path == path))
                Settle(path);
        }

        TierView[] tiers = [.. options.Tiers.OrderBy(tier => tier.StepMs).Select(tier => View(tier, rawGroups, lost))];
        foreach (var orphan in _groups.Where(group => !Array.Exists(tiers, tier => tier.Groups.Contains(group))))
            orphan.Release();
        return new HistoryView([.. rawGroups], []) { Tiers = tiers, RawFloorMs = RawFloor(rawGroups, nowMs) };
    }

    private List<GroupInfo> OpenIndexed()
    {
        var lost = new List<GroupInfo>();
        foreach (var info in index.ReadTierGroups())
        {
            var path = Path.Combine(options.Directory, info.File);
            if (!File.Exists(path))
                raw.Report(new HistoryIncident(HistoryIncidentKind.GroupMissing, info.File, $"{info.Rows} buckets up to position {info.EndPosition} are gone"));
            else if (raw.TryOpen(info.File, verifyAll: false) is { } group)
            {
                _groups.Add(group);
                continue;
            }

            index.Replace([info], added: null);
            lost.Add(info);
        }

        return lost;
    }

    private void Settle(string path)
    {
        if (!raw.IsIndexLost)
        {
            files.Delete(path);
            return;
        }

        if (raw.TryOpen(Path.GetFileName(path), verifyAll: true) is not { } group)
            return;
        var covering = _groups.FindAll(other => other.Info.StepMs == group.Info.StepMs);
        if (covering.Exists(other => other.Info.Covers(group.Info)))
        {
            Remove(group);
            return;
        }

        covering.Where(other => group.Info.Covers(other.Info)).ToList().ForEach(Remove);
        _groups.Add(group);
        index.Replace([], group.Info);
    }

    private void Remove(GroupFile group)
    {
        _groups.Remove(group);
        index.Replace([group.Info], added: null);
        group.Release();
        files.Delete(group.Path);
    }

    private TierView View(HistoryTierOptions tier, List<GroupFile> rawGroups, List<GroupInfo> lost)
    {
        var built = index.State(TierState.Built(tier.StepMs)) ?? Groups(tier).Select(group => group.Info.EndPosition).DefaultIfEmpty(-1).Max();
        var floor = index.State(TierState.Floor(tier.StepMs)) ?? GuessedFloor(tier);
        var gap = lost.Where(info => info.StepMs == tier.StepMs).Select(info => info.StartPosition).DefaultIfEmpty(long.MaxValue).Min();
        if (gap < built && rawGroups.Exists(group => group.Info.StartPosition <= gap && group.Info.EndPosition > gap))
        {
            Groups(tier).FindAll(group => group.Info.StartPosition >= gap).ForEach(Remove);
            built = gap;
        }

        index.Replace([], null, (TierState.Built(tier.StepMs), built), (TierState.Floor(tier.StepMs), floor));
        return new TierView(tier, [.. Groups(tier).OrderBy(group => group.Info.EndPosition)], built, floor);
    }

    private List<GroupFile> Groups(HistoryTierOptions tier) => _groups.FindAll(group => group.Info.StepMs == tier.StepMs);

    /// <summary>After a loss of the index: where a coarser tier reaches further back, buckets before the first group that is left have been deleted.</summary>
    private long GuessedFloor(HistoryTierOptions tier)
    {
        var first = Groups(tier).MinBy(group => group.Info.StartPosition)?.Info;
        var isCut = raw.IsIndexLost && first is not null
            && _groups.Exists(other => other.Info.StepMs > tier.StepMs && other.Info.StartPosition < first.StartPosition);
        return isCut ? first!.MinTimeMs : long.MinValue;
    }

    private long RawFloor(List<GroupFile> rawGroups, long nowMs)
    {
        if (index.State(TierState.RawFloor) is { } known)
            return known;
        var floor = raw.IsIndexLost && (rawGroups.Count > 0 || _groups.Count > 0) ? GuessedFloor(rawGroups, nowMs) : long.MinValue;
        index.Replace([], null, (TierState.RawFloor, floor));
        return floor;
    }

    /// <summary>
    /// The index was lost, and nobody knows which readings have been deleted. Those that were older than the retention may
    /// have been. Where the first groups are missing, late enough is also the end of the first one that is left, or the end of
    /// the buckets that were made from the missing ones. A guess that is too late costs little: what no bucket holds is added
    /// to the buckets. One that is too early would make buckets anew from a part of their readings.
    /// </summary>
    private long GuessedFloor(List<GroupFile> rawGroups, long nowMs)
    {
        var expired = nowMs - (long)options.RawRetention.TotalMilliseconds;
        var first = rawGroups.Count > 0 ? rawGroups[0].Info : null;
        if (first is { StartPosition: -1 })
            return expired;
        var finest = options.Tiers.Select(tier => tier.StepMs).DefaultIfEmpty(0).Min();
        var summed = _groups.Where(group => group.Info.StepMs == finest && (first is null || group.Info.StartPosition < first.StartPosition)).ToList();
        var bucketsEnd = summed.Count > 0 ? summed.Max(group => group.Info.MaxTimeMs) + finest : long.MaxValue;
        var guessed = first is null ? bucketsEnd : Math.Min(first.MaxTimeMs + 1, bucketsEnd);
        return guessed == long.MaxValue ? expired : Math.Max(expired, guessed);
    }
}
