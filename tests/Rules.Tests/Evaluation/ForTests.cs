using Fengsui.Rules.Tests.Scripts;
using Xunit;

namespace Fengsui.Rules.Tests.Evaluation;

public sealed class ForTests
{
    [Fact]
    public void Fires_at_once_without_for() => RuleScript.Check("expr: temperature > 30", """
        0s temperature=30
        1s temperature=30.1 -> firing general @1s
        2s temperature=31
        3s temperature=30 -> resolved general
        """);

    [Fact]
    public void Fires_at_the_first_reading_at_which_the_condition_held_long_enough() => RuleScript.Check("expr: temperature > 30\nfor: 10s", """
        0s temperature=31
        5s temperature=32
        9s999ms temperature=33
        10s temperature=33 -> firing general @0s
        11s temperature=33
        """);

    [Fact]
    public void Starts_anew_after_one_false_reading() => RuleScript.Check("expr: temperature > 30\nfor: 10s", """
        0s temperature=31 -> pending @0s
        9s temperature=29 -> cancelled @0s
        10s temperature=31 -> pending @10s
        19s temperature=31
        20s temperature=31 -> firing general @10s
        """, withPending: true);

    [Fact]
    public void Does_not_fire_over_a_gap_between_samples_at_0_s_and_40_s() => RuleScript.Check("expr: temperature > 30\nfor: 30s", """
        0s temperature=31 -> pending @0s
        40s temperature=31 -> cancelled @0s; pending @40s
        70s temperature=31 -> firing general @40s
        """, withPending: true);

    [Fact]
    public void Holds_over_a_longer_gap_when_the_rule_says_so() => RuleScript.Check("expr: temperature > 30\nfor: 30s\nmax_gap: 1m", """
        0s temperature=31
        40s temperature=31 -> firing general @0s
        """);

    [Fact]
    public void Breaks_at_a_gap_shorter_than_for_when_the_rule_says_so() => RuleScript.Check("expr: temperature > 30\nfor: 10s\nmax_gap: 1s", """
        0s temperature=31
        1s temperature=31
        2s1ms temperature=31
        10s temperature=31
        11s temperature=31
        """);

    [Fact]
    public void Runs_only_when_a_row_has_a_metric_that_it_reads() => RuleScript.Check("expr: temperature > 30\nfor: 2s", """
        0s temperature=31
        2s humidity=50
        3s humidity=50
        4s temperature=31
        6s temperature=31 humidity=50 -> firing general @4s
        """);

    [Fact]
    public void Runs_once_after_all_values_of_a_row() => RuleScript.Check("expr: lel > 20 and o2 < 19", """
        0s lel=30 o2=20.9
        1s lel=10 o2=18
        2s lel=30 o2=18 -> firing general @2s
        3s lel=10 o2=20.9 -> resolved general
        """);

    [Fact]
    public void Counts_the_sequence_of_one_alert_on_when_it_starts_again_in_the_same_millisecond()
    {
        var script = new RuleScript(RuleSets.OfRule("expr: co > 20"));
        script.Run("""
            0s co=21 -> firing general @0s
            0s co=19 -> resolved general
            0s co=22 -> firing general @0s
            """);
        Assert.Equal(3, Assert.Single(script.State.ActiveAlerts()).Sequence);
        script.Run("""
            1s co=19 -> resolved general
            1s co=22 -> firing general @1s
            """);
        Assert.Equal(1, Assert.Single(script.State.ActiveAlerts()).Sequence);
    }
}
