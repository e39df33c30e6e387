using Xunit;

namespace Fengsui.Rules.Tests.Functions.Sequences;

public sealed class FollowedTests
{
    [Fact]
    public void Followed_is_true_from_the_second_condition_for_as_long_as_it_holds() => Assert.Equal(
        "firing@8 resolved@10",
        new TickScript("expr: lock == true followed by door == true within 10s")
            .Row(0, ("lock", 0), ("door", 0)).Row(1, ("lock", 1)).Row(8, ("door", 1)).Row(9, ("door", 1)).Row(10, ("door", 0)).Steps);

    [Fact]
    public void Too_late_is_not_followed() => Assert.Equal(
        "", new TickScript("expr: lock == true followed by door == true within 10s").Row(0, ("lock", 0), ("door", 0)).Row(1, ("lock", 1)).Row(12, ("door", 1)).Steps);

    [Fact]
    public void The_wrong_order_is_not_followed() => Assert.Equal(
        "", new TickScript("expr: lock == true followed by door == true within 10s").Row(0, ("lock", 0), ("door", 1)).Row(1, ("door", 0)).Row(2, ("lock", 1)).Steps);

    [Fact]
    public void Not_followed_is_noticed_at_a_tick_and_ends_with_the_second_condition() => Assert.Equal(
        "firing@12 resolved@30",
        new TickScript("expr: lock == true not followed by door == true within 10s")
            .Row(0, ("lock", 0), ("door", 0)).Row(1, ("lock", 1)).Ticks(2, 20).Row(30, ("door", 1)).Ticks(31, 60).Steps);

    [Fact]
    public void A_condition_that_comes_and_goes_does_not_prolong_the_wait() => Assert.Equal(
        "firing@13",
        new TickScript("expr: lock == true not followed by door == true within 10s")
            .Row(0, ("lock", 0), ("door", 0)).Row(2, ("lock", 1)).Row(5, ("lock", 0)).Row(7, ("lock", 1)).Ticks(8, 20).Steps);

    [Fact]
    public void A_bare_number_may_stand_before_it() => Assert.Equal(
        "firing@2", new TickScript("expr: co > 30 followed by lel > 10 within 10s").Row(0, ("co", 1), ("lel", 1)).Row(1, ("co", 31)).Row(2, ("lel", 11)).Steps);

    /// <summary>Ticks carry the device's clock on; a row that was under way meanwhile is a little behind them.</summary>
    [Fact]
    public void A_row_behind_the_tick_that_showed_it_overdue_does_not_take_that_back() => Assert.Equal(
        "firing@12",
        new TickScript("expr: lock == true not followed by door == true within 10s")
            .Row(0, ("lock", 0), ("door", 0)).Row(1, ("lock", 1)).Ticks(2, 12).Row(10.9, ("lock", 1)).Ticks(13, 15).Steps);

    [Fact]
    public void What_is_overdue_stays_so_when_the_clock_is_set() => Assert.Equal(
        "firing@112 resolved@40",
        new TickScript("expr: lock == true not followed by door == true within 10s")
            .Row(100, ("lock", 0), ("door", 0)).Row(101, ("lock", 1)).Ticks(102, 120)
            .ClockIsSetTo(5).Row(5, ("lock", 1)).Ticks(6, 39).Row(40, ("door", 1)).Ticks(41, 60).Steps);

    [Fact]
    public void What_waits_goes_on_to_wait_when_the_clock_is_set() => Assert.Equal(
        "firing@7",
        new TickScript("expr: lock == true not followed by door == true within 10s")
            .Row(100, ("lock", 0), ("door", 0)).Row(101, ("lock", 1)).Ticks(102, 106)
            .ClockIsSetTo(1).Row(1, ("lock", 1)).Ticks(2, 20).Steps);

    [Theory]
    [InlineData("lock == true followed door == true within 10s", "'by': a followed by b within 10s")]
    [InlineData("lock == true followed by door == true", "'within': a followed by b within 10s")]
    [InlineData("lock == true followed by door == true within ten", "a duration such as 10s")]
    public void Says_what_is_wrong(string expression, string message)
    {
        var result = RuleSet.Parse([new RuleFile("a.yaml", $"groups: [{{ name: g, rules: [{{ alert: A, tier: general, expr: '{expression}' }}] }}]")]);
        Assert.Contains(result.Diagnostics, diagnostic => diagnostic.ToString().Contains(message, StringComparison.Ordinal));
    }
}
