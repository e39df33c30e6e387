using Fengsui.Rules.Tests.Scripts;
using Xunit;

namespace Fengsui.Rules.Tests.KnownFailures;

/// <summary>A duration that is counted wrongly, or that runs out while nothing is heard.</summary>
public sealed class DurationWrongOrFiresWithNoData
{
    /// <summary>thingsboard#10590: with a duration of 2 s there is an alarm of a breach that lasted 1 s.</summary>
    [Fact]
    public void A_breach_that_is_shorter_than_the_duration_makes_no_alarm() => RuleScript.Check("expr: temperature > 30\nfor: 2s", """
        0s temperature=35
        1s temperature=35
        1s999ms temperature=20
        3s temperature=20
        10s temperature=35
        12s temperature=35 -> firing general @10s
        """);

    /// <summary>thingsboard#14210: three conditions for 90 min; the last value before the gap was good, and it fires in the gap.</summary>
    [Fact]
    public void An_alarm_does_not_come_in_the_gap_after_the_breach_has_ended()
    {
        var script = new RuleScript(RuleSets.OfRule("expr: inlet > 6 and defrost == 0 and state != 3 or absent(inlet, 1d)\nfor: 1h30m\nmax_gap: 1h"));
        script.Run("""
            0s inlet=7.3 defrost=0 state=1
            10m inlet=7.3 defrost=0 state=1
            20m inlet=1.7 defrost=0 state=1
            """);
        for (var minute = 21; minute < 105; minute++)
        {
            Assert.Equal("", script.Tick($"{minute}m"));
        }

        script.Run("1h45m inlet=1.7 defrost=0 state=1");
    }

    /// <summary>thingsboard#14210 with a breach that had not ended: a gap is no evidence that it went on.</summary>
    [Fact]
    public void A_duration_does_not_run_out_while_nothing_is_heard()
    {
        var script = new RuleScript(RuleSets.OfRule("expr: temperature > 30 or absent(temperature, 1d)\nfor: 5m"));
        script.Run("""
            0s temperature=35
            1m temperature=35
            """);
        for (var minute = 1; minute < 20; minute++)
        {
            Assert.Equal("", script.Tick($"{minute}m30s"));
        }

        script.Run("20m temperature=35\n24m temperature=35\n25m temperature=35 -> firing general @20m");
    }

    /// <summary>thingsboard#13507: there is a duration in device profiles, and none where an alarm is made from what a rule chain has computed.</summary>
    [Fact]
    public void A_computed_condition_has_a_duration_as_every_other() => RuleScript.Check("expr: abs(inlet - outlet) * 2 > 10 and avg(inlet, 1m) > 0\nfor: 20s", """
        0s inlet=20 outlet=10
        10s inlet=20 outlet=16
        20s inlet=20 outlet=10
        30s inlet=20
        40s inlet=20 outlet=10 -> firing general @20s
        """);

    /// <summary>thingsboard#14210: what ended the breach arrives late, and the duration goes on.</summary>
    [Fact]
    public void An_old_breach_whose_end_arrives_late_does_not_fire() => RuleScript.Check("expr: temperature > 30\nfor: 10m\nmax_gap: 10m", """
        0s temperature=35
        9m temperature=35
        4m temperature=20
        10m temperature=35
        14m temperature=35
        14m1s temperature=35 -> firing general @4m1ms
        """);
}
