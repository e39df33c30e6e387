using Fengsui.Rules.Model;
using Fengsui.Rules.Tests.Scripts;
using Xunit;

namespace Fengsui.Rules.Tests.Evaluation;

public sealed class LateRowTests
{
    [Fact]
    public void A_late_row_never_fires() => RuleScript.Check("expr: co > 20", """
        10s co=5
        9s co=100
        """);

    [Fact]
    public void A_late_row_does_not_move_the_start_back() => RuleScript.Check("expr: co > 20\nfor: 10s", """
        10s co=21
        1s co=21
        12s co=21
        20s co=21 -> firing general @10s
        """);

    [Fact]
    public void A_late_false_row_restarts_the_pending_clock_after_it() => RuleScript.Check("expr: co > 20\nfor: 10s", """
        0s co=21 -> pending @0s
        8s co=21
        4s co=5
        10s co=21 -> cancelled @0s; pending @4s1ms
        14s co=21
        14s1ms co=21 -> firing general @4s1ms
        """, withPending: true);

    [Fact]
    public void A_late_row_that_does_not_decide_the_condition_leaves_the_clock_alone() => RuleScript.Check("expr: co > 20 and lel > 5\nfor: 10s", """
        0s co=21 lel=6
        8s co=21 lel=6
        4s lel=6
        10s co=21 lel=6 -> firing general @0s
        """);

    [Fact]
    public void A_late_row_does_not_resolve() => RuleScript.Check("expr: co > 20", """
        10s co=21 -> firing general @10s
        9s co=5
        11s co=5 -> resolved general
        """);

    [Fact]
    public void Lateness_is_judged_per_rule_so_that_a_slower_metric_is_not_muted_by_a_faster_one() => RuleScript.Check("expr: co > 20", """
        10s temperature=20
        9s co=21 -> firing general @9s
        """);

    [Fact]
    public void Rows_of_one_time_apply_in_order() => RuleScript.Check("expr: co > 20", """
        1s co=21 -> firing general @1s
        1s co=5 -> resolved general
        """);

    [Fact]
    public void A_late_value_is_kept_when_it_is_the_newest_of_its_metric()
    {
        var script = new RuleScript(RuleSets.OfRule("expr: co > 20"));
        script.Run("""
            10s temperature=20
            9s humidity=55
            8s temperature=10
            """);
        var latest = Enumerable.Range(0, script.State.SlotCount).Select(script.State.Slot).Where(slot => slot.EventTimeMs != DeviceState.Never);
        Assert.Equal([(20.0, 10_000L), (55.0, 9_000L)], latest.Select(slot => (slot.Value, slot.EventTimeMs - RuleScript.StartMs)));
        Assert.Equal(RuleScript.StartMs + 10_000, script.State.LastEventTimeMs);
    }

    [Fact]
    public void Clocks_at_the_ends_of_time_do_not_break_anything()
    {
        var metrics = new MetricTable();
        var program = RuleProgram.Compile(RuleSets.OfRule("expr: co > 20\nfor: 10s\nkeep_firing_for: 1s"), RuleSets.Device, metrics);
        var state = program.CreateState();
        var plan = program.PlanFor(new Shape(0, [metrics.Declare("co")]));
        var output = new TransitionBuffer();
        foreach (var time in (long[])[long.MinValue + 1, long.MaxValue, 0, long.MaxValue, -5, long.MinValue + 1, long.MaxValue])
        {
            program.Apply(state, plan, time, [21.0], [], output);
            program.Apply(state, plan, time, [1.0], [], output);
        }

        Assert.True(output.Count > 0);
    }

    [Fact]
    public void A_device_whose_clock_was_set_back_goes_on_after_its_clock_is_restarted()
    {
        var script = new RuleScript(RuleSets.OfRule("expr: co > 20\nfor: 2s"));
        script.Run("""
            1h co=21
            1h2s co=21 -> firing general @1h
            0s co=5
            """);
        RuleProgram.RestartClock(script.State, 3_602_000, 1000);
        script.Run("1s co=5 -> resolved general");
    }

    /// <summary>Set back by less than the condition has been pending: its start is not in the new clock's future, but of the old clock all the same.</summary>
    [Fact]
    public void What_is_pending_starts_anew_when_the_clock_is_set_back_a_little()
    {
        var metrics = new MetricTable();
        var program = RuleProgram.Compile(RuleSets.OfRule("expr: co > 20\nfor: 10s"), RuleSets.Device, metrics);
        var (state, plan, output) = (program.CreateState(), program.PlanFor(new Shape(0, [metrics.Declare("co")])), new TransitionBuffer { KeepsPending = false });
        for (var second = 0; second < 9; second++)
        {
            program.Apply(state, plan, second * 1000, [21], [], output);
        }

        RuleProgram.RestartClock(state, 8000, 7000);
        for (var second = 7; second < 17; second++)
        {
            program.Apply(state, plan, second * 1000, [21], [], output);
            Assert.Equal(0, output.Count);
        }

        program.Apply(state, plan, 17_000, [21], [], output);
        Assert.Equal(7000, Assert.Single(Enumerable.Range(0, output.Count).Select(i => output[i].StartTimeMs)));
    }
}
