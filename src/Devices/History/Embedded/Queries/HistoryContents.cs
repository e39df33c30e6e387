using Fengsui.Devices.History.Embedded.Arenas;
using Fengsui.Devices.History.Embedded.Groups;

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

    public void Add(GroupFile group)
    {
        lock (_gate)
            _view = _view with { Groups = [.. _view.Groups, group] };
    }

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
            _view = new HistoryView(
                group is null ? _view.Groups : [.. _view.Groups, group],
                [.. _view.Arenas.Where(arena => !arenas.Contains(arena))]);
        }

        foreach (var arena in arenas)
            Release(arena);
    }

    /// <summary>A merge or a deletion: groups go, at most one takes their place.</summary>
    public void Replace(IReadOnlyCollection<GroupFile> groups, GroupFile? merged)
    {
        lock (_gate)
        {
            var kept = _view.Groups.Where(group => !groups.Contains(group));
            kept = merged is null ? kept : kept.Append(merged);
            _view = _view with { Groups = [.. kept.OrderBy(group => group.Info.EndPosition)] };
        }

        foreach (var group in groups)
            group.Release();
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
            foreach (var group in _view.Groups)
                group.Release();
            _view = new HistoryView([], []);
        }
    }
}
