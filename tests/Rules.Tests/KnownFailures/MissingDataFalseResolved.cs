using Fengsui.Rules.Tests.Functions;
using Fengsui.Rules.Tests.Scripts;
using Xunit;

namespace Fengsui.Rules.Tests.KnownFailures;

/// <summary>An alarm that is told to be over because its data stopped.</summary>
public sealed class MissingDataFalseResolved
{
    /// <summary>prometheus#17482, grafana#46912.</summary>
    [Fact]
    public void Missing_data_does_not_resolve() => RuleScript.Check("expr: co > 20", """
        0s co=25 -> firing general @0s
        1s co=bad
        1d co=bad
        2d temperature=20
        3d co=25
        """);

    /// <summary>cloudflare/pint#966: one scrape that fails resets the pending alert.</summary>
    [Fact]
    public void One_failed_sample_does_not_reset_for() => RuleScript.Check("expr: co > 20\nfor: 10s\nmax_gap: 3s", """
        0s co=25
        2s co=25
        3s co=bad
        5s co=25
        8s co=25
        10s co=25 -> firing general @0s
        """);

    /// <summary>kapacitor#815: a window that has run empty counts as 0.</summary>
    [Theory]
    [InlineData("max(co, 60s) > 20")]
    [InlineData("avg(co, 60s) > 20")]
    [InlineData("sum(co, 60s) > 20")]
    [InlineData("mean(co, 60s) > 20")]
    [InlineData("stel(co) > 0.5")]
    public void A_window_that_runs_empty_resolves_nothing(string condition)
    {
        var script = new TickScript($"expr: '{condition} or absent(co, 10h)'");
        for (var second = 0; second < 60; second++)
        {
            script.Row(second, ("co", 25));
        }

        Assert.Equal("firing", script.Ticks(60, 3600).Steps.Split('@')[0]);
        Assert.DoesNotContain("resolved", script.Row(3601, ("co", double.NaN)).Steps, StringComparison.Ordinal);
    }

    /// <summary>grafana#46912: only what is measured again ends it.</summary>
    [Fact]
    public void The_first_good_reading_after_the_gap_resolves() => Assert.Equal(
        "firing@0 resolved@700", new TickScript("expr: co > 20 or absent(co, 1d)").Row(0, ("co", 25)).Ticks(1, 600).Row(650, ("co", double.NaN)).Row(700, ("co", 5)).Steps);
}
