using Fengsui.Devices.Ledger;
using Fengsui.Devices.Registry;
using Fengsui.Devices.Snapshots;
using Xunit;

namespace Fengsui.Devices.Tests.Snapshots;

public sealed class MarkCoordinatorTests
{
    private readonly List<Snapshot> _saved = [];

    [Fact]
    public async Task Parts_of_two_positions_never_make_one_snapshot()
    {
        var marks = new MarkCoordinator(2, _ => [], Save);
        marks.Contribute(100, Part(1));
        marks.Contribute(200, Part(1));
        Assert.Empty(_saved);
        marks.Contribute(200, Part(2));
        await marks.SavedAsync();
        var snapshot = Assert.Single(_saved);
        Assert.Equal(200, snapshot.Position);
        Assert.Equal([1, 2], snapshot.Actors.Select(actor => actor.Key));
        marks.Contribute(300, Part(2));
        marks.Contribute(300, Part(1));
        await marks.SavedAsync();
        Assert.Equal(300, marks.SavedPosition);
    }

    [Fact]
    public async Task One_snapshot_is_under_way_at_a_time_and_a_failed_one_makes_way()
    {
        var marks = new MarkCoordinator(1, _ => [], _ => throw new InvalidOperationException("no"));
        Assert.True(marks.TryBegin());
        Assert.False(marks.TryBegin());
        var idle = marks.IdleAsync();
        Assert.False(idle.IsCompleted);
        marks.Contribute(1, Part(1));
        await idle;
        Assert.Equal("no", marks.Fault);
        Assert.True(marks.TryBegin());
        marks.Abandon();
        await marks.IdleAsync();
        Assert.True(marks.TryBegin());
    }

    private static ShardImage Part(int device) => new(1, 1, null, new LedgerBook(), DeclaredCounts.None, [], [new(device, [])], [], []);

    private Task Save(Snapshot snapshot)
    {
        _saved.Add(snapshot);
        return Task.CompletedTask;
    }
}
