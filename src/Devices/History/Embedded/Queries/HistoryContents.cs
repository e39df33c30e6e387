using Fengsui.Devices.History.Embedded.Arenas;
using Fengsui.Devices.History.Embedded.Groups;
using Fengsui.Devices.History.Embedded.Tiers;

namespace Fengsui.Devices.History.Embedded.Queries;

/// <summary>
/// Holds the present <see cref="HistoryView"/> and replaces it in one step, so that a query never sees a row twice (in the
/// arena and in its group) or not at all.
/// </summary>
internal sealed class HistoryContents(ArenaPool pool)
{
    private readonly Lock _gate = new();
    private volatile HistoryView _view = new([], []);

    public HistoryView View => _view;

    public void Add(HistoryArena arena)
    {
        lock (_gate)
            _view = _view with { Arenas = [.. _view.Arenas, arena] };
    }

    /// <summary>A flush: the arenas go, their group (if any) comes.</summary>
    public void Replace(IReadOnlyCollection<HistoryArena> arenas, GroupFile? group)
    {
        lock (_gate)
        {
            _view = _view with
            {
                Groups = group is null ? _view.Groups : [.. _view.Groups, group],
                Arenas = [.. _view.Arenas.Where(arena => !arenas.Contains(arena))],
            };
        }

        foreach (var arena in arenas)
            Release(arena);
    }

    /// <summary>A merge or a deletion: groups go, at most one takes their place.</summary>
    public void Replace(IReadOnlyCollection<GroupFile> groups, GroupFile? merged, long rawFloorMs = long.MinValue)
    {
        lock (_gate)
        {
            _view = _view with
            {
                Groups = Replaced(_view.Groups, groups, merged),
                RawFloorMs = Math.Max(_view.RawFloorMs, rawFloorMs),
            };
        }

        foreach (var group in groups)
            group.Release();
    }

    /// <summary>As of readings, for the tier at <paramref name="index"/>, which then reaches to a position and from a time on.</summary>
    public void ReplaceTier(int index, IReadOnlyCollection<GroupFile> groups, GroupFile? added, long builtPosition, long floorMs)
    {
        lock (_gate)
        {
            TierView[] tiers = [.. _view.Tiers];
            tiers[index] = tiers[index] with
            {
                Groups = Replaced(tiers[index].Groups, groups, added),
                BuiltPosition = builtPosition,
                FloorMs = floorMs,
            };
            _view = _view with { Tiers = tiers };
        }

        foreach (var group in groups)
            group.Release();
    }

    /// <summary>What the store holds when it is opened.</summary>
    public void Begin(GroupFile[] groups, TierView[] tiers, long rawFloorMs)
    {
        lock (_gate)
            _view = _view with { Groups = groups, Tiers = tiers, RawFloorMs = rawFloorMs };
    }

    /// <summary>The present view with everything in it leased until it is disposed.</summary>
    public HistorySnapshot Take()
    {
        while (true)
        {
            if (HistorySnapshot.TryLease(_view, this) is { } snapshot)
                return snapshot;
        }
    }

    public void Release(HistoryArena arena)
    {
        if (arena.Release())
            pool.Return(arena);
    }

    /// <summary>Closes the files once the last query has ended.</summary>
    public void Close()
    {
        lock (_gate)
        {
            foreach (var group in _view.Groups.Concat(_view.Tiers.SelectMany(tier => tier.Groups)))
                group.Release();
            _view = new HistoryView([], []);
        }
    }

    private static GroupFile[] Replaced(GroupFile[] present, IReadOnlyCollection<GroupFile> removed, GroupFile? added)
    {
        var kept = present.Where(group => !removed.Contains(group));
        kept = added is null ? kept : kept.Append(added);
        return [.. kept.OrderBy(group => group.Info.EndPosition)];
    }
}
