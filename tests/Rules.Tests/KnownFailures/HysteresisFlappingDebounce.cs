using Fengsui.Rules.Tests.Scripts;
using Xunit;

namespace Fengsui.Rules.Tests.KnownFailures;

/// <summary>A value that trembles around its limit makes a flood of alarms, or one that nobody hears of again.</summary>
public sealed class HysteresisFlappingDebounce
{
    /// <summary>thingsboard#7943, grafana#6202, netdata#945: one limit for both directions.</summary>
    [Fact]
    public void Flapping_around_a_threshold_is_one_alert_with_hysteresis()
    {
        var script = new RuleScript(RuleSets.OfRule("expr: temperature > 30\nclear: temperature < 28"));
        script.Run("0s temperature=30.1 -> firing general @0s");
        for (var second = 1; second < 1000; second++)
        {
            script.Run($"{second}s temperature={(second % 2 == 0 ? "30.1" : "29.9")}");
        }

        script.Run("1000s temperature=27 -> resolved general");
    }

    /// <summary>thingsboard#717: a single spike raises an alarm.</summary>
    [Fact]
    public void A_spike_that_is_shorter_than_the_duration_raises_nothing() => RuleScript.Check("expr: temperature > 30\nfor: 5s", """
        0s temperature=20
        1s temperature=99
        2s temperature=20
        3s temperature=99
        7s temperature=99
        7s500ms temperature=20
        8s temperature=99
        """);

    /// <summary>jetlinks-community#8: so many times of so many readings, before it counts.</summary>
    [Fact]
    public void Three_of_the_last_five_readings_are_needed_when_the_rule_says_so() => RuleScript.Check("expr: 'n_of_m(3, 5, co > 20)'", """
        0s co=25
        1s co=5
        2s co=25
        3s co=5
        4s co=5
        5s co=25
        6s co=25 -> firing general @6s
        7s co=25
        8s co=5
        9s co=5
        10s co=5 -> resolved general
        """);

    /// <summary>alertmanager#1063: of an alert that flaps, only the first time is told.</summary>
    [Fact]
    public void Each_time_that_a_rule_without_hysteresis_fires_is_an_alert_of_its_own()
    {
        var script = new RuleScript(RuleSets.OfRule("expr: co > 20"));
        for (var second = 0; second < 100; second += 2)
        {
            var start = second < 60 ? $"{second}s" : second % 60 == 0 ? "1m" : $"1m{second - 60}s";
            script.Run($"{second}s co=25 -> firing general @{start}\n{second + 1}s co=5 -> resolved general");
        }
    }

    /// <summary>alertmanager#204: flap detection was refused; here flapping is a condition as every other.</summary>
    [Fact]
    public void Flapping_itself_can_be_an_alert() => RuleScript.Check("expr: changes(pump, 1m) >= 4", """
        0s pump=0
        10s pump=1
        20s pump=0
        30s pump=1
        40s pump=0 -> firing general @40s
        50s pump=0
        2m pump=0 -> resolved general
        """);

    /// <summary>elastic/kibana#49412: an alert recovers at the first good value and fires at the next bad one.</summary>
    [Fact]
    public void A_good_value_in_between_does_not_end_an_alert_that_is_kept() => RuleScript.Check("expr: co > 20\nkeep_firing_for: 10s", """
        0s co=25 -> firing general @0s
        1s co=5
        2s co=25
        9s co=5
        18s co=25
        20s co=5
        30s co=5 -> resolved general
        """);
}
