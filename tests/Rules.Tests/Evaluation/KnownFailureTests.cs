using Fengsui.Rules.Tests.Scripts;
using Xunit;

namespace Fengsui.Rules.Tests.Evaluation;

/// <summary>Complaints filed against other systems, reproduced here to show that they cannot happen.</summary>
public sealed class KnownFailureTests
{
    [Fact]
    public void A_buffered_batch_with_an_old_first_breach_does_not_fire_a_90_minute_duration_at_once() => RuleScript.Check("expr: temperature > 30\nfor: 1h30m\nmax_gap: 10m", """
        0s temperature=35
        1m temperature=35
        2m temperature=20
        2h temperature=35
        2h5m temperature=35
        """);

    [Fact]
    public void An_old_breach_followed_by_nothing_for_two_hours_does_not_fire() => RuleScript.Check("expr: temperature > 30\nfor: 1h30m\nmax_gap: 10m", """
        0s temperature=35
        2h temperature=35
        """);

    [Fact]
    public void An_old_breach_whose_end_arrives_late_does_not_fire() => RuleScript.Check("expr: temperature > 30\nfor: 10m\nmax_gap: 10m", """
        0s temperature=35
        9m temperature=35
        4m temperature=20
        10m temperature=35
        14m temperature=35
        14m1s temperature=35 -> firing general @4m1ms
        """);

    [Fact]
    public void A_duration_is_counted_from_the_first_breach_and_is_not_always_zero() => RuleScript.Check("expr: temperature > 30\nfor: 1s", """
        0s temperature=35
        500ms temperature=35
        1s temperature=35 -> firing general @0s
        """);

    [Fact]
    public void A_false_alarm_does_not_arise_in_a_data_gap() => RuleScript.Check("expr: temperature > 30\nfor: 5m", """
        0s temperature=35
        1m temperature=35
        9m temperature=35
        10m temperature=35
        """);

    [Fact]
    public void Missing_data_does_not_resolve() => RuleScript.Check("expr: co > 20", """
        0s co=25 -> firing general @0s
        1s co=bad
        1d co=bad
        2d temperature=20
        3d co=25
        """);

    [Fact]
    public void One_failed_sample_does_not_reset_for() => RuleScript.Check("expr: co > 20\nfor: 10s\nmax_gap: 3s", """
        0s co=25
        2s co=25
        3s co=bad
        5s co=25
        8s co=25
        10s co=25 -> firing general @0s
        """);

    [Fact]
    public void An_alarm_clears_only_after_a_quiet_period() => RuleScript.Check("expr: co > 20\nkeep_firing_for: 5m", """
        0s co=25 -> firing general @0s
        1m co=5
        4m co=25
        5m co=5
        9m59s co=5
        10m co=5 -> resolved general
        """);

    [Fact]
    public void Warning_to_critical_after_1_min_down_after_2_min_clear_after_5_min_is_one_rule() => RuleScript.Check("""
        expr: load > 80
        keep_firing_for: 5m
        step_down_after: 2m
        tiers: [{ tier: significant, expr: load > 80, for: 1m }]
        """, """
        0s load=90 -> firing general @0s
        30s load=90
        1m load=90 -> tier general<significant
        2m load=10
        4m load=10 -> tier significant<general
        6m59s load=10
        7m load=10 -> resolved general
        """);

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

    [Fact]
    public void State_is_not_lost_on_restart()
    {
        var set = RuleSets.OfRule("expr: co > 20\nfor: 10s\nkeep_firing_for: 10s");
        var script = new RuleScript(set);
        script.Run("0s co=25").Restart(set);
        script.Run("9s co=25").Restart(set);
        script.Run("10s co=25 -> firing general @0s").Restart(set);
        script.Run("11s co=5").Restart(set);
        script.Run("20s co=5").Restart(set);
        script.Run("21s co=5 -> resolved general");
    }

    [Fact]
    public void Two_messages_in_one_millisecond_make_one_alarm() => RuleScript.Check("expr: co > 20", """
        5ms co=25 -> firing general @5ms
        5ms co=26
        6ms co=27
        """);

    [Fact]
    public void A_door_open_for_ten_minutes_fires_while_its_state_is_repeated() => RuleScript.Check("expr: lock == false\nfor: 10m\nmax_gap: 1m", """
        0s lock=0
        1m lock=0
        2m lock=0
        3m lock=0
        4m lock=0
        5m lock=0
        6m lock=0
        7m lock=0
        8m lock=0
        9m lock=0
        10m lock=0 -> firing general @0s
        """);

    [Fact]
    public void Readings_out_of_order_give_the_same_alert_as_in_order_when_none_decides() => RuleScript.Check("expr: co > 20\nfor: 5s", """
        0s co=25
        3s co=25
        1s co=25
        2s co=25
        5s co=25 -> firing general @0s
        4s co=25
        """);

    [Fact]
    public void A_clock_that_jumps_back_neither_fires_nor_resolves_nor_throws() => RuleScript.Check("expr: co > 20\nfor: 5s", """
        1d co=25
        0s co=25
        1s co=5
        10s co=25
        """);
}
