using Fengsui.Rules.Tests.Scripts;
using Xunit;

namespace Fengsui.Rules.Tests.Evaluation;

public sealed class TierTests
{
    private const string Rule = """
        expr: temperature > 30
        for: 10s
        step_down_after: 2m
        tiers:
          - { tier: significant, expr: temperature > 35, for: 5s, clear: temperature < 34 }
          - { tier: major, expr: temperature > 40 }
        """;

    [Fact]
    public void Goes_up_at_once_and_down_after_the_hold() => RuleScript.Check(Rule, """
        0s temperature=36
        5s temperature=36 -> firing significant @0s
        10s temperature=41 -> tier significant<major
        11s temperature=33
        15s temperature=33
        2m10s temperature=33
        2m11s temperature=33 -> tier major<general
        2m12s temperature=30 -> resolved general
        """);

    [Fact]
    public void Jumps_to_the_highest_tier_that_is_true() => RuleScript.Check(Rule, """
        0s temperature=50 -> firing major @0s
        1s temperature=41
        """);

    [Fact]
    public void Comes_down_to_a_lower_tier_that_holds_without_waiting_for_its_time() => RuleScript.Check(
        """
        expr: temperature > 30
        for: 1m
        keep_firing_for: 5s
        tiers:
          - { tier: significant, expr: temperature > 35, for: 30s }
          - { tier: major, expr: temperature > 40 }
        """,
        """
        0s temperature=41 -> firing major @0s
        10s temperature=39 -> tier major<significant
        11s temperature=33 -> tier significant<general
        12s temperature=20
        17s temperature=20 -> resolved general
        18s temperature=33
        """);

    [Fact]
    public void Ends_from_above_when_nothing_below_holds() => RuleScript.Check(
        "expr: temperature > 30\nfor: 1m\ntiers: [{ tier: major, expr: temperature > 40 }]",
        """
        0s temperature=41 -> firing major @0s
        10s temperature=20 -> resolved major
        """);

    [Fact]
    public void What_is_unknown_below_does_not_end_an_alert_from_above() => RuleScript.Check(
        "expr: temperature > 30\nfor: 1m\ntiers: [{ tier: major, expr: co > 5 }]",
        """
        0s temperature=31 co=9 -> firing major @0s
        1s temperature=bad co=1 -> tier major<general
        2s temperature=20 -> resolved general
        """);

    [Fact]
    public void A_relapse_within_the_hold_changes_nothing() => RuleScript.Check(Rule, """
        0s temperature=50 -> firing major @0s
        10s temperature=36
        15s temperature=36
        1m temperature=41
        2m30s temperature=36
        4m29s temperature=36
        4m30s temperature=36 -> tier major<significant
        """);

    [Fact]
    public void Each_tier_steps_down_by_its_own_clear() => RuleScript.Check(Rule, """
        0s temperature=36
        5s temperature=36 -> firing significant @0s
        10s temperature=31
        15s temperature=31
        20s temperature=31
        2m9s999ms temperature=31
        2m10s temperature=31 -> tier significant<general
        """);

    [Fact]
    public void An_alert_that_ends_altogether_keeps_its_tier_for_the_hold() => RuleScript.Check(Rule, """
        0s temperature=50 -> firing major @0s
        1s temperature=20
        2m temperature=20
        2m1s temperature=20 -> resolved major
        """);

    [Fact]
    public void Warn_to_critical_after_a_minute_down_after_two_and_clear_after_five() => RuleScript.Check("""
        expr: level > 1
        keep_firing_for: 5m
        step_down_after: 2m
        tiers: [{ tier: major, expr: level > 1, for: 1m }]
        """, """
        0s level=2 -> firing general @0s
        1m level=2 -> tier general<major
        2m level=0
        3m level=0
        4m level=0 -> tier major<general
        6m level=0
        7m level=0 -> resolved general
        """);

    [Fact]
    public void The_lowest_tier_whose_condition_is_true_gives_the_start() => RuleScript.Check(Rule, """
        0s temperature=31
        4s temperature=45 -> firing major @0s
        """);
}
