using Fengsui.Rules.Tests.Scripts;
using Xunit;

namespace Fengsui.Rules.Tests.Library;

public sealed class MetricDeclarationTests
{
    [Fact]
    public void A_declared_unit_is_checked_and_converted() => Assert.Equal(
        "(Greater `flow` 7.2)",
        RuleSets.Parse("metrics: { flow: { unit: km/h } }\n" + RuleSets.TextOfRule("expr: flow > 2 m/s")).Rules[0].Levels[0].Condition.ToString());

    [Fact]
    public void A_declaration_goes_before_what_a_name_says_by_itself() => Assert.Equal(
        "(Greater `temperature` 303.15)",
        RuleSets.Parse("metrics: { temperature: { unit: K } }\n" + RuleSets.TextOfRule("expr: temperature > 30 °C")).Rules[0].Levels[0].Condition.ToString());

    [Theory]
    [InlineData("metrics: { hatch: { kind: state } }\n", "hatch", true)]
    [InlineData("metrics: { hatch: { kind: state } }\n", "rear.hatch", true)]
    [InlineData("metrics: { hatch: { kind: state }, rear.hatch: { kind: sampled } }\n", "rear.hatch", false)]
    [InlineData("metrics: { lock: { kind: sampled } }\n", "lock", false)]
    [InlineData("metrics: { lock: { unit: V } }\n", "lock", true)]
    public void A_state_holds_until_it_changes(string sections, string metric, bool isState)
    {
        var set = RuleSets.Parse(sections + RuleSets.TextOfRule($"expr: {metric} == 1 and other > 0"));
        new RuleScript(set).Run($"0s {metric}=1\n1h other=1{(isState ? " -> firing general @1h" : "")}");
    }

    [Fact]
    public void Two_files_may_agree_but_not_disagree()
    {
        RuleFile a = new("a.yaml", "metrics: { x: { unit: ppm } }"), b = new("b.yaml", "metrics:\n  x: { unit: ppb }");
        Assert.Empty(RuleSet.Parse([a, new RuleFile("b.yaml", a.Text)]).Diagnostics);
        Assert.Equal(
            "b.yaml:2:3: error conflict: the metric 'x' is declared otherwise in a.yaml:1 (expected one declaration, or the same in both)",
            Assert.Single(RuleSet.Parse([a, b]).Diagnostics).ToString());
    }
}
