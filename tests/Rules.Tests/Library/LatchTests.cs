using Fengsui.Rules.Tests.Scripts;
using Xunit;

namespace Fengsui.Rules.Tests.Library;

public sealed class LatchTests
{
    private const string Rule = "expr: co > 20\nlatch: true";

    [Fact]
    public void Stays_until_it_is_reset()
    {
        var script = Fired(Rule).Run("1s co=0\n2s co=0");
        Assert.Equal("Resolved: resolved general by reset", script.Reset("3s"));
        script.Run("4s co=0\n5s co=21 -> firing general @5s");
    }

    [Fact]
    public void A_reset_does_nothing_while_the_condition_is_true()
    {
        var script = Fired(Rule);
        Assert.Equal("StillTrue: ", script.Reset("1s"));
        script.Run("2s co=0");
        Assert.Equal("Resolved: resolved general by reset", script.Reset("3s"));
    }

    [Fact]
    public void A_reset_ends_what_is_unknown_unless_unknown_alarms()
    {
        Assert.Equal("Resolved: resolved general by reset", Fired(Rule).Run("1s co=bad").Reset("2s"));
        Assert.Equal("StillTrue: ", Fired(Rule + "\nunknown: alarm").Run("1s co=bad").Reset("2s"));
    }

    [Fact]
    public void The_highest_tier_stays_and_a_reset_steps_down_to_what_is_true()
    {
        var script = Fired(Rule + "\ntiers: [{ tier: major, expr: co > 40 }]").Run("1s co=41 -> tier general<major\n2s co=30");
        Assert.Equal("SteppedDown: tier major<general", script.Reset("3s"));
        script.Run("4s co=0");
        Assert.Equal("Resolved: resolved general by reset", script.Reset("5s"));
    }

    [Fact]
    public void Says_why_a_reset_did_nothing()
    {
        Assert.Equal("NotFiring: ", new RuleScript(RuleSets.OfRule(Rule)).Run("0s co=1").Reset("1s"));
        Assert.Equal("NotLatched: ", Fired("expr: co > 20").Reset("1s"));
        Assert.Equal("NoSuchRule: ", Fired(Rule).Reset("1s", "g/B"));
    }

    [Fact]
    public void What_waits_does_not_latch() => RuleScript.Check(Rule + "\nfor: 2s", """
        0s co=21
        1s co=0
        3s co=21
        5s co=21 -> firing general @3s
        """);

    [Fact]
    public void Survives_a_restart()
    {
        var script = Fired(Rule).Run("1s co=0");
        script.Restart(RuleSets.OfRule(Rule));
        script.Run("2s co=0");
        Assert.Equal("Resolved: resolved general by reset", script.Reset("3s"));
    }

    [Fact]
    public void A_late_row_after_a_reset_changes_nothing()
    {
        var script = Fired(Rule).Run("5s co=0");
        Assert.Equal("Resolved: resolved general by reset", script.Reset("6s"));
        script.Run("4s co=30\n7s co=0");
    }

    [Fact]
    public void Is_part_of_what_the_state_depends_on() =>
        Assert.NotEqual(RuleSets.OfRule("expr: co > 20").Rules[0].Fingerprint, RuleSets.OfRule(Rule).Rules[0].Fingerprint);

    private static RuleScript Fired(string rule) => new RuleScript(RuleSets.OfRule(rule)).Run("0s co=21 -> firing general @0s");
}
