using Fengsui.Rules.Tests.Scripts;
using Xunit;

namespace Fengsui.Rules.Tests.KnownFailures;

/// <summary>A duration that is counted wrongly, or that runs out while nothing is heard.</summary>
public sealed class DurationWrongOrFiresWithNoData
{
    /// <summary>thingsboard#10590: the duration goes on by the clock of the server while the device says nothing.</summary>
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

    /// <summary>thingsboard#14210: an alarm for a time of which there is no data at all.</summary>
    [Fact]
    public void A_false_alarm_does_not_arise_in_a_data_gap() => RuleScript.Check("expr: temperature > 30\nfor: 5m", """
        0s temperature=35
        1m temperature=35
        9m temperature=35
        10m temperature=35
        """);

    /// <summary>thingsboard#14301: the duration is always 0, so the first reading fires.</summary>
    [Fact]
    public void A_duration_is_counted_from_the_first_breach_and_is_not_always_zero() => RuleScript.Check("expr: temperature > 30\nfor: 1s", """
        0s temperature=35
        500ms temperature=35
        1s temperature=35 -> firing general @0s
        """);

    /// <summary>thingsboard#13507: a duration only for simple conditions of a profile, not where values are computed.</summary>
    [Fact]
    public void A_computed_condition_has_a_duration_as_every_other() => RuleScript.Check("expr: abs(inlet - outlet) * 2 > 10 and avg(inlet, 1m) > 0\nfor: 20s", """
        0s inlet=20 outlet=10
        10s inlet=20 outlet=16
        20s inlet=20 outlet=10
        30s inlet=20
        40s inlet=20 outlet=10 -> firing general @20s
        """);

    /// <summary>thingsboard#14210: what ended the breach arrives late.</summary>
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
