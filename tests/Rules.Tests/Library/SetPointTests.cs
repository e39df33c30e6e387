using Fengsui.Rules.Model;
using Fengsui.Rules.Tests.Scripts;
using Xunit;

namespace Fengsui.Rules.Tests.Library;

public sealed class SetPointTests
{
    private const string Tables = """
        setpoints:
          gas-l1:
            by: labels.substance
            unit: mg/m3
            values: { ammonia: 20, low: 5 }
            clause: GBZ 2.1-2019
            certainty: "2"
          hot: { by: type, values: { oven: 200, warehouse: 40 }, default: 30 }

        """;

    [Theory]
    [InlineData("nh3 > setpoint(gas-l1)", "tank", "ammonia", "nh3=28.3", true)]
    [InlineData("nh3 > setpoint(gas-l1)", "tank", "ammonia", "nh3=28.2", false)]
    [InlineData("nh3 > setpoint(gas-l1)", "tank", "low", "nh3=7.1", true)]
    [InlineData("nh3 > setpoint(gas-l1)", "tank", "unheard-of", "nh3=9000", false)]
    [InlineData("nh3 > setpoint(\"gas-l1\")", "tank", "ammonia", "nh3=28.3", true)]
    [InlineData("nh3 > 0.5 * setpoint(gas-l1)", "tank", "ammonia", "nh3=14.2", true)]
    [InlineData("nh3 > 0.5 * setpoint( gas-l1 )", "tank", "ammonia", "nh3=14.1", false)]
    [InlineData("setpoint(gas-l1) + 10 mg/m3 < nh3", "tank", "ammonia", "nh3=42.3", false)]
    [InlineData("setpoint(gas-l1) + 10 mg/m3 < nh3", "tank", "ammonia", "nh3=42.4", true)]
    [InlineData("temperature > setpoint(hot)", "oven", "x", "temperature=199", false)]
    [InlineData("temperature > setpoint(hot)", "warehouse", "x", "temperature=41", true)]
    [InlineData("temperature > setpoint(hot)", "shed", "x", "temperature=31", true)]
    public void A_table_says_the_limit_of_each_device(string condition, string type, string substance, string reading, bool fires)
    {
        var set = RuleSets.Parse(Tables + RuleSets.TextOfRule($"expr: {condition}"));
        new RuleScript(set, profile: new DeviceProfile(type, [new("substance", substance)])).Run($"0s {reading}{(fires ? " -> firing general @0s" : "")}");
    }

    [Fact]
    public void A_rule_may_stand_in_a_file_before_that_of_its_table()
    {
        var result = RuleSet.Parse([new RuleFile("a.yaml", RuleSets.TextOfRule("expr: temperature > setpoint(hot)")), new RuleFile("b.yaml", Tables)]);
        Assert.Empty(result.Diagnostics);
    }

    [Fact]
    public void A_device_whose_limit_changed_starts_anew_and_others_go_on()
    {
        var before = RuleSets.Parse(Tables + RuleSets.TextOfRule("expr: temperature > setpoint(hot)"));
        var after = RuleSets.Parse(Tables.Replace("oven: 200", "oven: 190", StringComparison.Ordinal) + RuleSets.TextOfRule("expr: temperature > setpoint(hot)"));
        Assert.Equal("resolved general by rule change", Reloaded("oven"));
        Assert.Equal("", Reloaded("warehouse"));

        string Reloaded(string type)
        {
            var script = new RuleScript(before, profile: new DeviceProfile(type, []));
            script.Run("0s temperature=300 -> firing general @0s");
            return script.Reload(after, "1s");
        }
    }

    [Theory]
    [InlineData("nh3 > setpoint(gas-l2)", "there is no table of set-points 'gas-l2'; did you mean 'gas-l1'?")]
    [InlineData("temperature > setpoint(gas-l1)", "the left side is in °C, the right side in mg/m3")]
    [InlineData("setpoint(hot) > 3", "the condition reads nothing, so nothing would ever run it")]
    [InlineData("nh3 > setpoint()", "'setpoint' takes 1 argument, not 0")]
    public void Refuses_a_table_that_does_not_fit(string condition, string message)
    {
        var result = RuleSet.Parse([new RuleFile("a.yaml", Tables + RuleSets.TextOfRule($"expr: {condition}"))]);
        Assert.Equal(message, Assert.Single(result.Diagnostics).Message);
    }

    [Fact]
    public void Rules_with_one_table_of_different_values_do_not_share_memory()
    {
        var set = RuleSets.Parse(Tables + RuleSets.TextOfRule("expr: n_of_m(2, 3, temperature > setpoint(hot))"));
        new RuleScript(set, profile: new DeviceProfile("oven", [])).Run("0s temperature=100\n1s temperature=100\n2s temperature=300\n3s temperature=300 -> firing general @3s");
        new RuleScript(set, profile: new DeviceProfile("shed", [])).Run("0s temperature=100\n1s temperature=100 -> firing general @1s");
    }
}
