using Fengsui.Devices.History.Embedded.Groups;

namespace Fengsui.Devices.History.Embedded.Queries;

/// <summary>A view whose groups stay open and whose arenas are not reused until it is disposed.</summary>
internal sealed class HistorySnapshot : IDisposable
{
    private readonly HistoryContents _contents;
    private int _leasedArenas;
    private readonly List<GroupFile> _leasedGroups = [];

    private HistorySnapshot(HistoryView view, HistoryContents contents)
    {
        View = view;
        _contents = contents;
    }

    public HistoryView View { get; }

    /// <summary>
    /// Null when a part went away meanwhile: the view is then out of date. That every lease was given does not show that it is
    /// not: an arena of the view may have been flushed, emptied and rented again in between, and its former rows are in a
    /// group that the view lacks. So the view must still be the present one after the last lease.
    /// </summary>
    public static HistorySnapshot? TryLease(HistoryView view, HistoryContents contents)
    {
        var snapshot = new HistorySnapshot(view, contents);
        if (snapshot.TryLeaseAll() && ReferenceEquals(contents.View, view))
            return snapshot;
        snapshot.Dispose();
        return null;
    }

    /// <summary>Gives the arenas back early, once their rows have been copied.</summary>
    public void ReleaseArenas()
    {
        while (_leasedArenas > 0)
            _contents.Release(View.Arenas[--_leasedArenas]);
    }

    public void Dispose()
    {
        ReleaseArenas();
        _leasedGroups.ForEach(group => group.Release());
        _leasedGroups.Clear();
    }

    private bool TryLeaseAll()
    {
        for (; _leasedArenas < View.Arenas.Length; _leasedArenas++)
        {
            if (!View.Arenas[_leasedArenas].TryLease())
                return false;
        }

        return TryLease(View.Groups) && Array.TrueForAll(View.Tiers, tier => TryLease(tier.Groups));
    }

    private bool TryLease(GroupFile[] groups)
    {
        foreach (var group in groups)
        {
            if (!group.TryLease())
                return false;
            _leasedGroups.Add(group);
        }

        return true;
    }
}
