using Fengsui.Devices.Snapshots;
using Xunit;

namespace Fengsui.Devices.Tests.Snapshots;

public sealed class SnapshotRetentionTests
{
    [Fact]
    public void Without_segments_the_two_newest_stay() => Assert.Equal([0, 1, 2], Surplus([10, 20, 30, 40, 50], []));

    [Fact]
    public void The_first_of_each_segment_stays_beside_the_two_newest() =>
        Assert.Equal([1, 3, 4], Surplus([10, 20, 110, 120, 130, 310, 320, 330], [0, 100, 200, 300]));

    [Fact]
    public void What_the_journal_no_longer_follows_goes() => Assert.Equal([0, 1], Surplus([10, 20, 110, 210, 220], [100, 200]));

    [Fact]
    public void A_snapshot_at_the_very_beginning_of_a_segment_belongs_to_it() => Assert.Equal([0], Surplus([90, 100, 200, 210], [100, 200]));

    [Fact]
    public void Beyond_the_bound_the_closest_to_its_predecessor_goes_and_the_oldest_last()
    {
        long[] positions = [100, 200, 290, 400, 500, 600];
        long[] segments = [0, 150, 250, 350];
        Assert.Equal([2], Surplus(positions, segments, maxBytes: 35));
        Assert.Equal([1, 2], Surplus(positions, segments, maxBytes: 25));
        Assert.Equal([1, 2, 3], Surplus(positions, segments, maxBytes: 15));
        Assert.Equal([0, 1, 2, 3], Surplus(positions, segments, maxBytes: 5));
    }

    private static IReadOnlyList<int> Surplus(long[] positions, long[] segments, long maxBytes = SnapshotRetention.MaxBytes) =>
        SnapshotRetention.Surplus([.. positions.Select(position => (position, 10L))], segments, maxBytes);
}
