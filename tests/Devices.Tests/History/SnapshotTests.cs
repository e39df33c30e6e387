using Fengsui.Devices.History.Embedded.Arenas;
using Fengsui.Devices.History.Embedded.Queries;
using Xunit;

namespace Fengsui.Devices.Tests.History;

public sealed class SnapshotTests
{
    private readonly ArenaPool _pool = new(4096, 2, 16, 1);

    [Fact]
    public void A_view_whose_arena_was_flushed_and_rented_again_cannot_be_leased()
    {
        var contents = new HistoryContents(_pool);
        var arena = _pool.Rent(0);
        contents.Add(arena);
        var seen = contents.View;

        Flush(contents, arena);
        var again = _pool.Rent(0);
        contents.Add(again);
        Assert.Same(arena, again);

        Assert.Null(HistorySnapshot.TryLease(seen, contents));
        Assert.NotNull(HistorySnapshot.TryLease(contents.View, contents));
    }

    [Fact]
    public void A_view_that_is_refused_keeps_no_lease()
    {
        var contents = new HistoryContents(_pool);
        var arena = _pool.Rent(0);
        contents.Add(arena);
        var seen = contents.View;
        contents.Add(_pool.Rent(0));

        Assert.Null(HistorySnapshot.TryLease(seen, contents));
        Flush(contents, arena);
        Assert.Same(arena, _pool.Rent(0));
    }

    [Fact]
    public void An_arena_that_a_query_reads_is_not_rented_again_before_the_query_ends()
    {
        var contents = new HistoryContents(_pool);
        var arena = _pool.Rent(0);
        contents.Add(arena);
        var query = contents.Take();

        Flush(contents, arena);
        Assert.NotSame(arena, _pool.Rent(0));
        query.Dispose();
        Assert.Same(arena, _pool.Rent(0));
    }

    private void Flush(HistoryContents contents, HistoryArena arena)
    {
        _pool.Submitted(0, 1);
        contents.Replace([arena], group: null);
    }
}
