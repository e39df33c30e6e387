using Fengsui.Rules.Model;
using Fengsui.Rules.Tests.Scripts;
using Xunit;

namespace Fengsui.Rules.Tests.Library;

public sealed class LabelTests
{
    [Theory]
    [InlineData("max_temperature=35", true)]
    [InlineData("max_temperature=40.5", false)]
    [InlineData("max_temperature=hot", false)]
    [InlineData("max_temperature=Infinity", false)]
    [InlineData("other=1", false)]
    public void A_label_is_a_number_or_unknown(string label, bool fires) =>
        AssertFires(fires, "expr: temperature > labels.max_temperature", label, "temperature=40");

    [Theory]
    [InlineData("expr: temperature > labels.max + 3 °C", false)]
    [InlineData("expr: temperature > labels.max * 1.05", true)]
    [InlineData("expr: temperature > labels.max * 1.15", false)]
    [InlineData("expr: temperature > -labels.max", true)]
    [InlineData("expr: temperature > labels.max / 0", false)]
    [InlineData("expr: labels.max < temperature and temperature < labels.max + 10", true)]
    [InlineData("expr: abs(temperature - labels.max) > 1.5", true)]
    [InlineData("expr: temperature > `labels.max-with-dash`", false)]
    [InlineData("expr: known(labels.max) and temperature > 0", true)]
    [InlineData("expr: known(labels.min) and temperature > 0", false)]
    public void Labels_take_part_in_arithmetic(string rule, bool fires) => AssertFires(fires, rule, "max=35", "temperature=37");

    [Theory]
    [InlineData("indoor=true", true)]
    [InlineData("indoor=1", true)]
    [InlineData("indoor=false", false)]
    [InlineData("indoor=yes", false)]
    public void A_label_may_say_yes_or_no(string label, bool fires) =>
        AssertFires(fires, "expr: temperature > 30 and labels.indoor == true", label, "temperature=40");

    [Fact]
    public void A_missing_label_is_unknown_also_under_alarm() =>
        AssertFires(true, "expr: temperature > labels.max\nunknown: alarm", "a=b", "temperature=1");

    [Theory]
    [InlineData("labels.hazard == \"oxidiser\"", "hazard=oxidiser", true)]
    [InlineData("labels.hazard == \"oxidiser\"", "hazard=toxic", false)]
    [InlineData("labels.hazard == \"oxidiser\"", "other=oxidiser", false)]
    [InlineData("'oxidiser' != labels.hazard", "hazard=oxidiser", false)]
    [InlineData("labels.hazard != \"oxidiser\"", "hazard=toxic", true)]
    [InlineData("labels.hazard != \"oxidiser\"", "other=oxidiser", true)]
    [InlineData("not (labels.hazard == \"oxidiser\")", "other=oxidiser", true)]
    [InlineData("one_of(labels.hazard, \"oxidiser\", toxic)", "hazard=toxic", true)]
    [InlineData("one_of(labels.hazard, \"oxidiser\", toxic)", "hazard=explosive", false)]
    [InlineData("device.type == \"tank\"", "a=b", true)]
    [InlineData("device.type != \"tank\"", "a=b", false)]
    public void Texts_of_a_device_can_be_compared(string condition, string label, bool fires) =>
        AssertFires(fires, $"expr: {Quoted($"temperature > 0 and {condition}")}", label, "temperature=1");

    [Theory]
    [InlineData("labels.hazard > \"a\" and co > 1", "texts have no order")]
    [InlineData("co == \"a\"", "a text is not a number")]
    [InlineData("device.zone == \"a\" and co > 1", "a text is not a number")]
    [InlineData("one_of(co, \"a\") and co > 1", "this has no text to look at")]
    [InlineData("one_of(labels.a) and co > 1", "'one_of' takes 2 to 65 arguments, not 1")]
    [InlineData("labels.a > 1", "the condition reads nothing, so nothing would ever run it")]
    public void Refuses_what_has_no_meaning(string condition, string message)
    {
        var result = RuleSet.Parse([new RuleFile("a.yaml", RuleSets.TextOfRule($"expr: {Quoted(condition)}"))]);
        Assert.Contains(message, Assert.Single(result.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_that_changes_starts_the_rule_anew_and_another_does_not()
    {
        var set = RuleSets.OfRule("expr: temperature > labels.max");
        var metrics = new MetricTable();
        DeviceProfile one = new("t", [new("max", "30")]), same = new("t", [new("max", "30"), new("x", "y")]), other = new("t", [new("max", "31")]);
        Assert.Equal(0, Moved(one, same));
        Assert.Equal(1, Moved(one, other));

        int Moved(DeviceProfile from, DeviceProfile to)
        {
            RuleProgram before = RuleProgram.Compile(set, from, metrics), after = RuleProgram.Compile(set, to, metrics);
            var state = before.CreateState();
            var output = new TransitionBuffer();
            before.Apply(state, before.PlanFor(new Shape(0, [metrics.Declare("temperature")])), 1000, [40], [], output);
            output.Clear();
            after.MigrateFrom(state, before, 2000, output);
            return output.Count;
        }
    }

    private static string Quoted(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    private static void AssertFires(bool fires, string rule, string label, string reading)
    {
        var parts = label.Split('=');
        var script = new RuleScript(RuleSets.OfRule(rule), profile: new DeviceProfile("tank", [new(parts[0], parts[1])]));
        script.Run($"0s {reading}{(fires ? " -> firing general @0s" : "")}");
    }
}
