using Fengsui.Devices.Alerts.Outbox;
using Fengsui.Rules.Model;
using Xunit;

namespace Fengsui.Devices.Tests.Alerts.Outbox;

public sealed class AlertQueuesTests
{
    private readonly AlertQueues _queues = new();
    private long _number;

    [Fact]
    public void What_comes_later_of_an_alert_waits_until_what_is_under_way_is_finished()
    {
        Assert.True(Add("a"));
        var first = _queues.Take(1)!;
        Assert.False(Add("a"));
        Assert.Null(_queues.Take(1));
        Assert.True(_queues.Finish(first));
        Assert.Equal(2, Assert.Single(_queues.Take(1)!.All).Number);
    }

    [Fact]
    public void The_highest_tier_is_taken_first_also_by_an_alert_that_waited_among_the_others()
    {
        Add("a");
        Add("b");
        Add("c");
        Add("b", Tier.CrossBorder);
        Assert.True(_queues.HasUrgent);
        Assert.Equal(["b", "b"], _queues.Take(2)!.All.Select(notice => notice.AlertId));
        Assert.Equal("a", _queues.Take(1)!.All[0].AlertId);
        Assert.Equal("c", _queues.Take(1)!.All[0].AlertId);
        Assert.Null(_queues.Take(1));
    }

    [Fact]
    public void A_parcel_holds_entries_of_one_alert_in_order_and_what_is_done_leaves_nothing_behind()
    {
        foreach (var alert in new[] { "a", "b", "a", "b", "c" })
        {
            Add(alert);
        }

        var parcel = _queues.Take(4)!;
        Assert.Equal([1, 3, 2, 4], parcel.All.Select(notice => notice.Number));
        _queues.Return(parcel);
        Assert.Same(parcel, _queues.Take(4));
        _queues.Finish(parcel);
        _queues.Finish(_queues.Take(9)!);
        Assert.Equal(0, _queues.Count);
        Assert.Null(_queues.Take(9));
    }

    [Fact]
    public void What_is_tried_again_does_not_go_before_the_highest_tier()
    {
        Add("a");
        var refused = _queues.Take(1)!;
        _queues.Return(refused);
        Add("b", Tier.CrossBorder);
        Assert.Equal("b", _queues.Take(1)!.All[0].AlertId);
        Assert.Same(refused, _queues.Take(1));
    }

    private bool Add(string alert, Tier tier = Tier.Major) =>
        _queues.Add(new Notice(++_number, AlertSamples.At(_number, alert: alert) with { Tier = tier }, ""));
}
