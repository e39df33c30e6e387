using Fengsui.Devices.Journal;
using Xunit;

namespace Fengsui.Devices.Tests.Journal;

public sealed class JournalHoldTests
{
    private readonly JournalHold _hold = new() { MinFreeBytes = 100 };

    [Fact]
    public void The_smallest_position_that_anybody_needs_is_kept()
    {
        _hold.Add(new HeldReader(() => 700, 1_000));
        _hold.Add(new HeldReader(() => 300, 1_000));
        Assert.Equal(300, _hold.Bound(900, position => 1_000 - position, freeBytes: 100));
        Assert.Equal(200, _hold.Bound(200, position => 1_000 - position, freeBytes: 100));
    }

    [Fact]
    public void A_reader_further_behind_than_its_bound_is_not_waited_for()
    {
        _hold.Add(new HeldReader(() => 300, 699));
        Assert.Equal(900, _hold.Bound(900, position => 1_000 - position, freeBytes: 100));
    }

    [Fact]
    public void Nobody_is_waited_for_when_the_disk_fills_up()
    {
        _hold.Add(new HeldReader(() => 300, 1_000));
        Assert.Equal(900, _hold.Bound(900, position => 1_000 - position, freeBytes: 99));
    }

    [Fact]
    public void A_reader_that_has_gone_is_not_waited_for()
    {
        var reader = new HeldReader(() => 300, 1_000);
        _hold.Add(reader);
        _hold.Remove(reader);
        Assert.Equal(900, _hold.Bound(900, position => 1_000 - position, freeBytes: 100));
    }
}
