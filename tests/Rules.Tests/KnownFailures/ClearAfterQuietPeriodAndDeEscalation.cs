using Fengsui.Rules.Tests.Functions;
using Fengsui.Rules.Tests.Scripts;
using Xunit;

namespace Fengsui.Rules.Tests.KnownFailures;

/// <summary>An alarm that cannot be made to end after a quiet time, or to step down before it ends.</summary>
public sealed class ClearAfterQuietPeriodAndDeEscalation
{
    /// <summary>thingsboard#10979: a camera reports animals and never their absence; ten minutes without one must clear the alarm.</summary>
    [Fact]
    public void An_alarm_of_events_clears_when_none_has_come_for_ten_minutes() => Assert.Equal(
        "firing@0 resolved@900",
        new TickScript("expr: not absent(animal, 10m)").Row(0, ("animal", 1)).Ticks(1, 299).Row(300, ("animal", 1)).Ticks(301, 1200).Steps);

    /// <summary>thingsboard#10979, for a value that is measured all the time.</summary>
    [Fact]
    public void An_alarm_clears_only_after_a_quiet_period() => RuleScript.Check("expr: co > 20\nkeep_firing_for: 5m", """
        0s co=25 -> firing general @0s
        1m co=5
        4m co=25
        5m co=5
        9m59s co=5
        10m co=5 -> resolved general
        """);

    /// <summary>thingsboard#11803: WARN to CRIT after 1 min, down after 2 min, clear after 5 min.</summary>
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

    /// <summary>thingsboard#11434: a severity that has been reached is kept though the value has fallen to a lower one.</summary>
    [Fact]
    public void A_value_between_two_limits_steps_down_and_does_not_resolve() => RuleScript.Check(
        "expr: temperature > 30\nclear: temperature < 28\ntiers: [{ tier: major, expr: temperature > 40, clear: temperature < 38 }]", """
        0s temperature=41 -> firing major @0s
        1s temperature=39
        2s temperature=37 -> tier major<general
        3s temperature=41 -> tier general<major
        4s temperature=29 -> tier major<general
        5s temperature=27 -> resolved general
        """);

    /// <summary>thingsboard#11803: a relapse within the quiet time counts it anew and is the same alarm.</summary>
    [Fact]
    public void A_relapse_while_stepping_down_counts_the_hold_anew() => RuleScript.Check(
        "expr: load > 80\nkeep_firing_for: 3m\nstep_down_after: 1m\ntiers: [{ tier: major, expr: load > 95 }]", """
        0s load=99 -> firing major @0s
        30s load=85
        1m load=99
        1m30s load=85
        2m29s load=85
        2m30s load=85 -> tier major<general
        3m load=10
        5m load=85
        6m load=10
        8m59s load=10
        9m load=10 -> resolved general
        """);
}
