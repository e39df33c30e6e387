using Fengsui.Rules.Tests.Scripts;
using Xunit;

namespace Fengsui.Rules.Tests.Evaluation;

public sealed class ReloadTests
{
    private const string Hot = "expr: temperature > 30\nfor: 10s";

    [Fact]
    public void An_unchanged_rule_keeps_what_is_pending()
    {
        var script = new RuleScript(RuleSets.OfRules(("A", Hot)));
        script.Run("0s temperature=31");
        Assert.Equal("", script.Reload(RuleSets.OfRules(("New", "expr: co > 1"), ("A", Hot + "\nlabels: { a: b }")), "5s"));
        script.Run("10s temperature=31 -> firing general @0s");
    }

    [Fact]
    public void An_unchanged_rule_keeps_firing_and_counting()
    {
        var script = new RuleScript(RuleSets.OfRules(("A", Hot)));
        script.Run("0s temperature=31\n10s temperature=31 -> firing general @0s");
        Assert.Equal("", script.Reload(RuleSets.OfRules(("A", Hot), ("B", "expr: co > 1")), "11s"));
        Assert.Equal(1, Assert.Single(script.State.ActiveAlerts()).Sequence);
        script.Run("12s temperature=20 -> resolved general");
    }

    [Fact]
    public void A_changed_rule_resolves_what_fires_and_starts_anew()
    {
        var script = new RuleScript(RuleSets.OfRules(("A", "expr: temperature > 30")));
        script.Run("0s temperature=31 -> firing general @0s");
        Assert.Equal("resolved general by rule change", script.Reload(RuleSets.OfRules(("A", "expr: temperature > 29")), "1s"));
        script.Run("2s temperature=31 -> firing general @2s");
    }

    [Fact]
    public void A_changed_rule_that_fires_again_in_the_same_millisecond_goes_on_counting()
    {
        var script = new RuleScript(RuleSets.OfRules(("A", "expr: temperature > 30")));
        script.Run("0s temperature=31 -> firing general @0s");
        script.Reload(RuleSets.OfRules(("A", "expr: temperature > 29")), "0s");
        script.Run("0s temperature=31 -> firing general @0s");
        Assert.Equal(3, Assert.Single(script.State.ActiveAlerts()).Sequence);
    }

    [Fact]
    public void A_removed_rule_resolves_what_fires()
    {
        var script = new RuleScript(RuleSets.OfRules(("A", "expr: temperature > 30"), ("B", "expr: temperature > 29")));
        script.Run("0s temperature=31 -> firing general @0s; firing general @0s");
        Assert.Equal("resolved general by rule change", script.Reload(RuleSets.OfRules(("B", "expr: temperature > 29")), "1s"));
        Assert.Equal("g/B", Assert.Single(script.State.ActiveAlerts()).Rule.Id);
    }

    [Fact]
    public void A_disabled_rule_cancels_what_is_pending()
    {
        var script = new RuleScript(RuleSets.OfRules(("A", Hot)), withPending: true);
        script.Run("0s temperature=31 -> pending @0s");
        Assert.Equal("cancelled @0s", script.Reload(RuleSets.OfRules(("A", Hot + "\ndisabled: true")), "1s"));
    }

    [Fact]
    public void Latest_values_stay_so_that_a_new_rule_knows_them()
    {
        var script = new RuleScript(RuleSets.OfRules(("A", Hot)));
        script.Run("0s humidity=90 o2=18");
        script.Reload(RuleSets.OfRules(("B", "expr: humidity > 80 and co > 20")), "1s");
        script.Run("2s co=21 -> firing general @2s");
    }
}
