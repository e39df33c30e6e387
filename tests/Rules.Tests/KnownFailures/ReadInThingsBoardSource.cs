using Fengsui.Rules.Tests.Scripts;
using Xunit;

namespace Fengsui.Rules.Tests.KnownFailures;

/// <summary>
/// Faults that were found by reading ThingsBoard: (a) a buffered batch, (b) the edges of a schedule that crosses midnight, (c) the end of a
/// schedule. The scripts start on 2023-11-14 22:13:20 UTC.
/// </summary>
public sealed class ReadInThingsBoardSource
{
    private const string Night = "schedules: [{ name: night, time_zone: UTC, from: \"22:00\", to: \"06:00\" }]\n";

    /// <summary>(a), and thingsboard#14210, #10590: the first breach is two hours old, the duration 90 minutes, and the data dropped in between.</summary>
    [Fact]
    public void A_buffered_batch_with_an_old_first_breach_does_not_fire_a_90_minute_duration_at_once() => RuleScript.Check("expr: temperature > 30\nfor: 1h30m\nmax_gap: 10m", """
        0s temperature=35
        1m temperature=35
        2m temperature=20
        2h temperature=35
        2h5m temperature=35
        """);

    /// <summary>(a) without the drop: two hours of nothing are no evidence either.</summary>
    [Fact]
    public void An_old_breach_followed_by_nothing_for_two_hours_does_not_fire() => RuleScript.Check("expr: temperature > 30\nfor: 1h30m\nmax_gap: 10m", """
        0s temperature=35
        2h temperature=35
        """);

    /// <summary>(b): <c>AlarmRuleState.java:242</c> compares with a strict <c>&lt;</c>, so the very first moment is missed.</summary>
    [Fact]
    public void A_schedule_across_midnight_has_its_first_moment_and_not_its_last() => NightScript("expr: co > 20 and during(night)").Run("""
        7h46m39s999ms co=25 -> firing general @7h46m39s999ms
        7h46m40s co=25 -> resolved general
        23h46m39s999ms co=25
        23h46m40s co=25 -> firing general @23h46m40s
        """);

    /// <summary>(b): 00:00:00.000 belongs to neither half of the day there.</summary>
    [Fact]
    public void A_schedule_across_midnight_holds_at_midnight_itself()
    {
        NightScript("expr: co > 20 and during(night)").Run("1h46m40s co=25 -> firing general @1h46m40s");
        NightScript("expr: co > 20 and not during(night)").Run("""
            1h46m39s999ms co=25
            1h46m40s co=25
            1h46m40s1ms co=25
            """);
    }

    /// <summary>(c): when the schedule of one condition ends, the duration of another that still holds begins anew.</summary>
    [Fact]
    public void The_end_of_a_schedule_does_not_reset_the_duration_of_a_condition_that_still_holds()
    {
        const string Shift = "schedules: [{ name: shift, time_zone: UTC, from: \"22:00\", to: \"22:15\" }]\n";
        Script(Shift, "expr: co > 20\nfor: 90s\ntiers: [{ tier: major, expr: 'co > 20 and during(shift)', for: 60s }]").Run("""
            60s co=25
            80s co=25
            100s co=25
            120s co=25
            140s co=25
            150s co=25 -> firing general @1m
            """);
    }

    private static RuleScript NightScript(string rule) => Script(Night, rule);

    private static RuleScript Script(string sections, string rule) => new(RuleSets.Parse(sections + RuleSets.TextOfRule(rule)));
}
