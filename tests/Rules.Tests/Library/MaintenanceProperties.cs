using Fengsui.Rules.Model;
using Fengsui.Rules.Tests.Scripts;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fengsui.Rules.Tests.Library;

public sealed class MaintenanceProperties
{
    private const string Rule = """
        expr: x > 30
        clear: x < 25
        keep_firing_for: 3s
        tiers: [{ tier: major, expr: x > 40 }]
        step_down_after: 2s
        """;

    /// <summary>Nothing waits in this rule, so that rest cannot be told from silence.</summary>
    [Fact]
    public void A_row_in_a_window_is_to_a_rule_as_if_it_had_not_come() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var (from, length) = (random.Next(30), random.Next(1, 30));
            var rows = Enumerable.Range(0, 60).Select(second => (Second: second, Value: random.Next(6) == 0 ? double.NaN : random.Next(15, 50))).ToList();
            var unknown = "\nunknown: " + new[] { "keep", "alarm", "ignore" }[random.Next(3)];
            var resting = RuleSets.Parse(Window(from, from + length) + RuleSets.TextOfRule(Rule + unknown));
            var outside = rows.Where(row => row.Second < from || row.Second >= from + length);
            Assert.Equal(Run(RuleSets.OfRule(Rule + unknown), outside), Run(resting, rows));
        }));

    private static string Window(int from, int to) =>
        $"maintenance: [{{ name: w, rules: g/A, reason: r, from: {Time(from)}, to: {Time(to)} }}]\n";

    private static string Time(int second) =>
        DateTimeOffset.FromUnixTimeMilliseconds(RuleScript.StartMs).AddSeconds(second).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static List<string> Run(RuleSet set, IEnumerable<(int Second, double Value)> rows)
    {
        var metrics = new MetricTable();
        var program = RuleProgram.Compile(set, set.ProfileOf("d", "z", RuleSets.Device), metrics);
        var state = program.CreateState();
        var plan = program.PlanFor(new Shape(0, [metrics.Declare("x")]));
        var output = new TransitionBuffer();
        foreach (var (second, value) in rows)
        {
            program.Apply(state, plan, RuleScript.StartMs + (second * 1000L), [value], [], output);
        }

        return [.. Enumerable.Range(0, output.Count).Select(index => $"{output[index].EventTimeMs} {output[index].Kind} {output[index].Tier} {output[index].StartTimeMs} {output[index].Sequence}")];
    }
}
