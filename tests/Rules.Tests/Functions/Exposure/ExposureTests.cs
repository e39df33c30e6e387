using Fengsui.Rules.Evaluation.Cells.Exposure;
using Xunit;

namespace Fengsui.Rules.Tests.Functions.Exposure;

public sealed class ExposureTests
{
    private const long Minute = 60_000;

    [Fact]
    public void A_short_exposure_is_still_divided_by_fifteen_minutes()
    {
        var stel = new CellRun(new ExposureCell(15 * Minute, 90));
        Fill(stel, 0, 5, 60);
        stel.Feed(5 * Minute, 0);
        Assert.Equal(20, stel.Read(5 * Minute), 6);
    }

    [Fact]
    public void A_constant_concentration_is_its_own_mean_after_fifteen_minutes()
    {
        var stel = new CellRun(new ExposureCell(15 * Minute, 90));
        Fill(stel, 0, 40, 30);
        Assert.InRange(stel.Read(40 * Minute), 30, 30.4);
    }

    [Fact]
    public void Eight_hours_divide_the_dose_even_when_the_shift_was_shorter()
    {
        var twa = new CellRun(new ExposureCell(480 * Minute, 480));
        Fill(twa, 0, 240, 40);
        Assert.Equal(20, twa.Read(240 * Minute), 6);
    }

    [Fact]
    public void Unheard_time_adds_nothing_but_the_minute_that_the_last_reading_holds()
    {
        var stel = new CellRun(new ExposureCell(15 * Minute, 90));
        stel.Feed(0, 15);
        Assert.Equal(1, stel.Read(10 * Minute), 6);
    }

    [Fact]
    public void A_reading_holds_as_long_as_the_rule_says() => Assert.Equal(
        "firing@300 resolved@1800",
        new TickScript("expr: stel(co, 5m) > 9.9\nmax_age: 10m").Row(0, ("co", 30)).Row(300, ("co", 30)).Row(600, ("co", 0)).Row(1800, ("co", 0)).Steps);

    /// <summary>A gateway that often mixes up the order of rows: what was heard is not heard twice.</summary>
    [Fact]
    public void Late_readings_of_time_that_was_heard_add_no_dose()
    {
        var twa = new CellRun(new ExposureCell(480 * Minute, 480));
        for (var second = 0; second <= 3600; second++)
        {
            twa.Feed(second * 1000, 40);
            if (second % 5 == 4)
            {
                twa.Feed((second * 1000) - 2500, 40);
            }
        }

        Assert.Equal(40.0 / 8, twa.Read(60 * Minute), 9);
    }

    [Fact]
    public void A_reading_that_holds_for_the_whole_period_counts_for_no_more_than_it()
    {
        var stel = new CellRun(new ExposureCell(15 * Minute, 90, 15 * Minute));
        stel.Feed(0, 30);
        for (var second = 0; second < 1000; second++)
        {
            Assert.Equal(30.0 * Math.Min(second, 1800 - second) / 900, stel.Read(second * 1000), 9);
        }
    }

    [Fact]
    public void Time_to_a_limit_holds_as_its_exposure_does() => Assert.Equal(
        "firing@180",
        new TickScript("expr: time_to_limit(stel(co, 5m), 50 ppm) < 571 s").Row(0, ("co", 60)).Row(180, ("co", 60)).Steps);

    [Fact]
    public void Time_to_the_limit_is_what_is_left_at_the_present_concentration()
    {
        var left = new CellRun(new ExposureCell(480 * Minute, 480, limit: 20));
        Fill(left, 0, 120, 40);
        Assert.Equal(120 * 60, left.Read(120 * Minute), 0);
        Fill(left, 120, 130, 0);
        Assert.Equal(ExposureCell.NeverSeconds, left.Read(130 * Minute));
        Fill(left, 130, 300, 40);
        Assert.Equal(0, left.Read(300 * Minute));
    }

    [Fact]
    public void A_clock_that_is_set_back_does_not_take_the_dose_away()
    {
        var cell = new ExposureCell(15 * Minute, 90);
        var memory = new long[cell.Words];
        for (var second = 0; second <= 300; second++)
        {
            cell.Feed(memory, [60.0], Moment.At((100 * Minute) + (second * 1000)));
        }

        cell.RestartClock(memory, 105 * Minute, 0);
        cell.Feed(memory, [0.0], Moment.At(0));
        Assert.Equal(20, cell.Read(memory, Moment.At(1000)), 6);
        for (var second = 0; second <= 1000; second++)
        {
            cell.Feed(memory, [0.0], Moment.At(second * 1000));
        }

        Assert.Equal(0, cell.Read(memory, Moment.At(1000 * 1000)), 6);
    }

    [Fact]
    public void Eight_hours_take_some_hundred_buckets_and_not_a_word_for_each_sample() =>
        Assert.InRange(new ExposureCell(480 * Minute, 480).Words, 480, 1500);

    [Theory]
    [InlineData("time_to_limit(avg(co, 5m), 20 ppm) < 60 s", "there is no limit to come of this")]
    [InlineData("time_to_limit(stel(co), lel) < 60 s", "ppm, the right side in %LEL")]
    [InlineData("stel(co) > 30 °C", "ppm, the right side in °C")]
    [InlineData("avg(co, 5) > 3", "this is not a duration")]
    public void Says_what_is_wrong(string expression, string message)
    {
        var result = RuleSet.Parse([new RuleFile("a.yaml", $"groups: [{{ name: g, rules: [{{ alert: A, tier: general, expr: '{expression}' }}] }}]")]);
        Assert.Contains(result.Diagnostics, diagnostic => diagnostic.ToString().Contains(message, StringComparison.Ordinal));
    }

    private static void Fill(CellRun cell, int fromMinute, int untilMinute, double value)
    {
        for (var second = fromMinute * 60; second <= untilMinute * 60; second++)
        {
            cell.Feed(second * 1000L, value);
        }
    }
}
