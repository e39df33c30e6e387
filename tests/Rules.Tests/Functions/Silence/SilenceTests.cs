using Xunit;

namespace Fengsui.Rules.Tests.Functions.Silence;

public sealed class SilenceTests
{
    [Fact]
    public void Absence_is_noticed_at_a_tick_without_any_reading_and_ends_with_the_first() => Assert.Equal(
        "firing@31 resolved@40",
        new TickScript("expr: absent(co, 30s)").Row(1, ("co", 5)).Ticks(2, 35).Row(40, ("co", 5)).Ticks(41, 45).Steps);

    [Fact]
    public void A_device_that_never_reported_is_absent_too() => Assert.Equal(
        "firing@30", new TickScript("expr: absent(co, 30s)").Ticks(0, 40).Steps);

    [Fact]
    public void Other_metrics_are_no_sign_of_this_one() => Assert.Equal(
        "firing@31", new TickScript("expr: absent(co, 30s)").Row(1, ("co", 5)).Row(30, ("lel", 1)).Ticks(31, 33).Steps);

    [Fact]
    public void An_unusable_reading_is_no_sign_of_life() => Assert.Equal(
        "firing@31", new TickScript("expr: absent(co, 30s)").Row(1, ("co", 5)).Row(20, ("co", double.NaN)).Ticks(21, 33).Steps);

    /// <summary>A gateway that repeats the last value under a new time (known failures: thingsboard-gateway#2119).</summary>
    [Fact]
    public void A_stale_value_that_is_stamped_anew_does_not_look_fresh()
    {
        var script = new TickScript("expr: stale(temperature, 60s)").Row(0, ("temperature", 20)).Row(10, ("temperature", 20.5));
        for (var second = 11; second < 80; second++)
        {
            script.Row(second, ("temperature", 20.5));
        }

        Assert.Equal("firing@70 resolved@80", script.Row(80, ("temperature", 20.4)).Steps);
    }

    [Fact]
    public void The_source_s_own_counter_decides_when_it_is_named() => Assert.Equal(
        "firing@22",
        new TickScript("expr: stale(temperature, 20s, seq)")
            .Row(0, ("temperature", 20), ("seq", 1)).Row(1, ("temperature", 20), ("seq", 2)).Row(2, ("temperature", 20), ("seq", 3))
            .Row(10, ("temperature", 21), ("seq", 3)).Row(22, ("temperature", 25), ("seq", 3)).Steps);

    [Fact]
    public void A_flat_line_is_stuck_and_silence_is_not()
    {
        var script = new TickScript("expr: stuck(co, 10s, 0.1)").Row(0, ("co", 5));
        Assert.Equal("", script.Ticks(1, 30).Row(30, ("co", 5)).Steps);
        for (var second = 31; second <= 41; second++)
        {
            script.Row(second, ("co", 5 + (second % 2 * 0.05)));
        }

        Assert.Equal("firing@40 resolved@42", script.Row(42, ("co", 6)).Steps);
    }

    [Fact]
    public void The_last_value_speaks_at_ticks_and_a_sample_does_not()
    {
        Assert.Equal("firing@30", new TickScript("expr: last(co) > 20 and absent(lel, 30s)").Row(0, ("co", 21)).Ticks(0, 31).Steps);
        Assert.Equal("", new TickScript("expr: co > 20 and absent(lel, 30s)").Row(0, ("co", 21)).Ticks(0, 31).Steps);
    }

    [Fact]
    public void A_gap_does_not_let_a_pending_condition_fire_at_a_tick() => Assert.Equal(
        "", new TickScript("expr: temperature > 30 or absent(co, 1h)\nfor: 30s").Row(0, ("temperature", 31)).Ticks(1, 60).Steps);

    /// <summary>Known failures: thingsboard#1092, a door that is open for too long reports nothing more.</summary>
    [Fact]
    public void A_door_that_stays_open_fires_by_time_alone() => Assert.Equal(
        "firing@61 resolved@90", new TickScript("expr: door == true\nfor: 1m").Row(0, ("door", 0)).Row(1, ("door", 1)).Ticks(2, 80).Row(90, ("door", 0)).Ticks(91, 95).Steps);

    [Fact]
    public void A_window_that_runs_empty_does_not_resolve() => Assert.Equal(
        "firing@0", new TickScript("expr: max(co, 60s) > 30 or absent(co, 1h)").Row(0, ("co", 31)).Ticks(1, 300).Steps);

    [Fact]
    public void An_exposure_does_not_sink_below_its_limit_through_silence()
    {
        var script = new TickScript("expr: stel(co) > 30 or absent(co, 10h)");
        for (var second = 0; second < 900; second++)
        {
            script.Row(second, ("co", 40));
        }

        Assert.Equal("firing@676", script.Ticks(901, 3000).Steps);
    }

    [Fact]
    public void A_late_reading_counts_with_its_own_value_and_not_with_the_newest() => Assert.Equal(
        "firing@21", new TickScript("expr: sum(co, 60s) > 140").Row(0, ("co", 10)).Row(20, ("co", 20)).Row(5, ("co", 100)).Row(21, ("co", 20)).Steps);

    [Fact]
    public void A_backlog_adds_its_dose()
    {
        var script = new TickScript("expr: stel(co) > 150").Row(700, ("co", 1));
        for (var second = 60; second <= 660; second++)
        {
            script.Row(second, ("co", 300));
        }

        Assert.Equal("firing@701", script.Row(701, ("co", 1)).Steps);
    }

    [Fact]
    public void A_counter_that_counts_on_is_no_sign_of_a_value_that_nobody_knows()
    {
        var script = new TickScript("expr: stale(temperature, 20s, seq)").Row(0, ("temperature", 20), ("seq", 0));
        for (var second = 1; second < 30; second++)
        {
            script.Row(second, ("temperature", double.NaN), ("seq", second));
        }

        Assert.Equal("firing@20 resolved@30", script.Row(30, ("temperature", 20), ("seq", 30)).Steps);
    }

    [Fact]
    public void A_function_whose_metric_never_came_is_unknown() => Assert.Equal(
        "", new TickScript("expr: lel > 0 and (count(co, 1m) < 5 or not n_of_m(1, 2, co > 3) or not (co > 1 followed by co > 2 within 5s))").Row(0, ("lel", 1)).Row(1, ("lel", 1)).Steps);

    [Fact]
    public void A_value_from_before_the_clock_was_set_is_as_old_as_it_was() => Assert.Equal(
        "firing@1",
        new TickScript("expr: temperature > 30 and co > 20\nfor: 0s\nmax_age: 10s")
            .Row(1000, ("temperature", 31)).ClockIsSetTo(0).Row(1, ("co", 21)).Steps
        + new TickScript("expr: temperature > 30 and co > 20\nmax_age: 10s")
            .Row(1000, ("temperature", 31)).ClockIsSetTo(0).Row(11, ("co", 21)).Steps);

    [Fact]
    public void Silence_counts_from_the_first_tick_and_not_from_when_it_is_first_asked_for() => Assert.Equal(
        "firing@100 resolved@101",
        new TickScript("expr: co > 5\nclear: absent(lel, 30s)").Ticks(0, 99).Row(100, ("co", 6)).Row(101, ("co", 1)).Steps);

    [Fact]
    public void A_zero_with_a_sign_is_no_news() => Assert.Equal(
        "firing@22",
        new TickScript("expr: stale(co, 20s)").Row(1, ("co", 5)).Row(2, ("co", 0)).Row(12, ("co", -0.0)).Ticks(13, 25).Steps);
}
