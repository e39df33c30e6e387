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

    public HistoryView Run(List<GroupFile> rawGroups)
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
        return new HistoryView([.. rawGroups], []) { Tiers = tiers, RawFloorMs = RawFloor(rawGroups) };
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
        var floor = index.State(TierState.Floor(tier.StepMs)) ?? long.MinValue;
        var gap = lost.Where(info => info.StepMs == tier.StepMs).Select(info => info.StartPosition).DefaultIfEmpty(long.MaxValue).Min();
        if (gap < built && rawGroups.Exists(group => group.Info.StartPosition <= gap && group.Info.EndPosition > gap))
        {
            Groups(tier).FindAll(group => group.Info.StartPosition >= gap).ForEach(Remove);
            built = gap;
        }

        index.Replace([], null, (TierState.Built(tier.StepMs), built));
        return new TierView(tier, [.. Groups(tier).OrderBy(group => group.Info.EndPosition)], built, floor);
    }

    private List<GroupFile> Groups(HistoryTierOptions tier) => _groups.FindAll(group => group.Info.StepMs == tier.StepMs);

    private long RawFloor(List<GroupFile> rawGroups)
    {
        if (index.State(TierState.RawFloor) is { } known)
            return known;
        var floor = raw.IsIndexLost && rawGroups.Count > 0 && rawGroups[0].Info.StartPosition > -1 ? GuessedFloor(rawGroups[0].Info) : long.MinValue;
        index.Replace([], null, (TierState.RawFloor, floor));
        return floor;
    }

    /// <summary>
    /// The index was lost, and raw groups before <paramref name="first"/> have been deleted, nobody knows up to when. Late
    /// enough is the end of the first group that is left, and the end of the buckets that were made from the deleted ones.
    /// </summary>
    private long GuessedFloor(GroupInfo first)
    {
        var finest = options.Tiers.Select(tier => tier.StepMs).DefaultIfEmpty(0).Min();
        var summed = _groups.Where(group => group.Info.StepMs == finest && group.Info.StartPosition < first.StartPosition).ToList();
        var bucketsEnd = summed.Count > 0 ? summed.Max(group => group.Info.MaxTimeMs) + finest : long.MaxValue;
        return Math.Min(first.MaxTimeMs + 1, bucketsEnd);
    }
}
