using Fengsui.Rules.Tests.Functions;
using Fengsui.Rules.Tests.Scripts;
using Xunit;

namespace Fengsui.Rules.Tests.KnownFailures;

/// <summary>Readings that come late or out of order, and clocks that are wrong.</summary>
public sealed class OutOfOrderAndClock
{
    /// <summary>thingsboard#4207.</summary>
    [Fact]
    public void Readings_out_of_order_give_the_same_alert_as_in_order_when_none_decides() => RuleScript.Check("expr: co > 20\nfor: 5s", """
        0s co=25
        3s co=25
        1s co=25
        2s co=25
        5s co=25 -> firing general @0s
        4s co=25
        """);

    /// <summary>thingsboard#1264, #1769: what comes last, not what was measured last, is taken for the latest value.</summary>
    [Fact]
    public void An_old_reading_that_comes_late_does_not_become_the_latest_value() => RuleScript.Check("expr: co > 20 and lel > 5", """
        10s co=5 lel=1
        2s co=99
        12s lel=9
        13s co=25 -> firing general @13s
        """);

    /// <summary>thingsboard#4207: an alarm of today from a buffered reading of last week.</summary>
    [Fact]
    public void A_late_reading_over_the_limit_fires_nothing_and_a_late_one_below_it_resolves_nothing() => RuleScript.Check("expr: co > 20", """
        7d co=5
        1s co=99
        7d1s co=25 -> firing general @7d1s
        2s co=5
        7d2s co=25
        """);

    /// <summary>kapacitor#2682: late events are dropped, or counted into the wrong window.</summary>
    [Fact]
    public void A_late_reading_counts_in_its_place_of_the_window_and_not_at_its_arrival()
    {
        Assert.Equal("firing@41", new TickScript("expr: mean(co, 1m) > 20").Row(0, ("co", 10)).Row(40, ("co", 10)).Row(20, ("co", 100)).Row(41, ("co", 10)).Steps);
        Assert.Equal("", new TickScript("expr: mean(co, 1m) > 20").Row(0, ("co", 10)).Row(40, ("co", 10)).Row(90, ("co", 10)).Row(20, ("co", 100)).Row(91, ("co", 10)).Steps);
    }

    /// <summary>ekuiper#1050, #1976: the first window, or every window, goes by the time of the system.</summary>
    [Fact]
    public void A_window_goes_by_the_time_of_the_readings()
    {
        var script = new TickScript("expr: avg(co, 1m) > 20");
        for (var second = 0; second < 60; second += 10)
        {
            script.Row(second, ("co", second < 40 ? 10 : 60));
        }

        Assert.Equal("firing@52.5", script.Row(52.5, ("co", 60)).Steps);
    }

    /// <summary>thingsboard#6351: the clock goes from milliseconds to seconds, or back to 1970.</summary>
    [Fact]
    public void A_clock_that_jumps_back_neither_fires_nor_resolves_nor_throws() => RuleScript.Check("expr: co > 20\nfor: 5s", """
        1d co=25
        0s co=25
        1s co=5
        10s co=25
        """);

    /// <summary>thingsboard-gateway#2119: the gateway gives an old value a new time, so it looks fresh.</summary>
    [Fact]
    public void An_old_value_under_a_new_time_is_stale_all_the_same()
    {
        var script = new TickScript("expr: stale(co, 60s)").Row(0, ("co", 7)).Row(1, ("co", 7.5));
        for (var second = 2; second <= 70; second++)
        {
            script.Row(second, ("co", 7.5));
        }

        Assert.Equal("firing@61 resolved@71", script.Row(71, ("co", 7.4)).Steps);
    }

    /// <summary>thingsboard#6351, the other way: a year ahead, then right again; the years in between are no time in which something held.</summary>
    [Fact]
    public void A_clock_that_was_far_ahead_is_no_evidence_of_a_duration() => RuleScript.Check("expr: co > 20\nfor: 10s", """
        0s co=25
        5s co=25
        365d co=25
        6s co=25
        365d9s co=25
        365d10s co=25 -> firing general @365d
        """);
}
