using Fengsui.Devices.Alerts;
using Xunit;

namespace Fengsui.Devices.Tests.Alerts;

public sealed class AlertBookTests
{
    [Fact]
    public void An_alert_that_goes_on_after_its_end_is_active_again_and_listed_once()
    {
        var book = new AlertBook(new AlertBookOptions());
        book.Apply(AlertSamples.At(1, alert: "a", sequence: 1));
        book.Apply(AlertSamples.At(2, alert: "a", sequence: 2, state: AlertState.Resolved));
        Assert.Equal(0, book.ActiveCount);
        book.Apply(AlertSamples.At(3, alert: "a", sequence: 3));
        Assert.Equal(1, book.ActiveCount);
        Assert.Single(book.List(includeResolved: true));
        book.Apply(AlertSamples.At(4, alert: "a", sequence: 4, state: AlertState.Resolved));
        Assert.Equal(0, book.ActiveCount);
        Assert.Equal(4, Assert.Single(book.List(includeResolved: true)).Transitions.Count);
    }

    [Fact]
    public void Resolved_alerts_are_bounded_and_active_ones_are_never_forgotten()
    {
        var book = new AlertBook(new AlertBookOptions { MaxResolved = 3 });
        book.Apply(AlertSamples.At(1, alert: "open"));
        for (var i = 0; i < 10; i++)
        {
            book.Apply(AlertSamples.At(10 + i, alert: $"a{i}"));
            book.Apply(AlertSamples.At(10 + i, alert: $"a{i}", sequence: 2, state: AlertState.Resolved));
        }

        Assert.Equal(["open", "a9", "a8", "a7"], book.List(includeResolved: true).Select(alert => alert.Id));
        Assert.Equal(7, book.Forgotten);
        Assert.Null(book.Find("a6"));
    }

    [Fact]
    public void The_active_alerts_of_a_device_are_those_of_no_other_and_end_when_they_end()
    {
        var book = new AlertBook(new AlertBookOptions());
        book.Apply(AlertSamples.At(1, alert: "b") with { Device = "one" });
        book.Apply(AlertSamples.At(2, alert: "a") with { Device = "one" });
        book.Apply(AlertSamples.At(3, alert: "c") with { Device = "two" });
        book.Apply(AlertSamples.At(4, alert: "a", sequence: 2, state: AlertState.TierChanged) with { Device = "one" });
        Assert.Equal(["a", "b"], book.ActiveOf("one").Select(alert => alert.Id));
        book.Apply(AlertSamples.At(5, alert: "a", sequence: 3, state: AlertState.Resolved) with { Device = "one" });
        book.Apply(AlertSamples.At(6, alert: "b", sequence: 2, state: AlertState.Resolved) with { Device = "one" });
        Assert.Empty(book.ActiveOf("one"));
        Assert.Equal(["c"], book.ActiveOf("two").Select(alert => alert.Id));
    }

    [Fact]
    public void The_alerts_of_zones_are_kept_apart_from_each_other_and_from_devices_of_the_same_name()
    {
        var book = new AlertBook(new AlertBookOptions());
        book.Apply(AlertSamples.At(1, alert: "a") with { Device = "", Zone = "cave" });
        book.Apply(AlertSamples.At(2, alert: "b") with { Device = "", Zone = "yard" });
        book.Apply(AlertSamples.At(3, alert: "c") with { Device = "cave", Zone = "cave" });
        Assert.Equal(["a"], book.ActiveOfZone("cave").Select(alert => alert.Id));
        Assert.Equal(["c"], book.ActiveOf("cave").Select(alert => alert.Id));
        book.Apply(AlertSamples.At(4, alert: "a", sequence: 2, state: AlertState.Resolved) with { Device = "", Zone = "cave" });
        Assert.Empty(book.ActiveOfZone("cave"));
        Assert.Equal(["b"], book.ActiveOfZone("yard").Select(alert => alert.Id));
    }

    [Fact]
    public void Of_an_alert_that_wavers_for_ever_the_first_and_the_newest_steps_stay()
    {
        var book = new AlertBook(new AlertBookOptions { MaxTransitionsPerAlert = 4 });
        for (var i = 1; i <= 1_000; i++)
        {
            book.Apply(AlertSamples.At(i, alert: "a", sequence: i, state: i == 1 ? AlertState.Firing : AlertState.TierChanged));
        }

        Assert.Equal([1, 998, 999, 1000], book.Find("a")!.Transitions.Select(transition => transition.Sequence));
    }
}
