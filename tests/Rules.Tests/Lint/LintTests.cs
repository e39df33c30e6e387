using Fengsui.Rules.Lint;
using Fengsui.Rules.Model;
using Fengsui.Rules.Tests.Scripts;
using Xunit;

namespace Fengsui.Rules.Tests.Lint;

public sealed class LintTests
{
    private static readonly DateOnly Day = new(2026, 6, 1);

    [Theory]
    [InlineData("expr: temperature > 30 and temperature < 20", "9:15 never-true")]
    [InlineData("expr: temperature > 30 or temperature <= 30", "9:15 always-true")]
    [InlineData("expr: not (temperature > 30) and temperature > 31", "9:15 never-true")]
    [InlineData("expr: temperature > 30 and humidity > 20", "")]
    [InlineData("expr: temperature + 2 * x > 30 and temperature + 2 * x < 20", "9:15 never-true")]
    [InlineData("expr: at_least(2, temperature > 30, temperature > 40, temperature < 20)", "")]
    [InlineData("expr: at_least(3, temperature > 30, temperature > 40, temperature < 20)", "9:15 never-true")]
    [InlineData("expr: 30 < temperature and temperature < 20", "9:15 never-true")]
    public void Finds_conditions_that_decide_nothing(string lines, string expected) => Check(lines, expected);

    [Theory]
    [InlineData("temperature > 30", "temperature > 35", "")]
    [InlineData("temperature > 40", "temperature > 35", "10:38 tier-hidden")]
    [InlineData("temperature > 40", "temperature > 40", "10:38 tier-hidden")]
    [InlineData("temperature > 40 and humidity > 5", "temperature > 35", "10:38 tier-hidden")]
    [InlineData("temperature > 30", "temperature > 35 and temperature < 30", "10:38 never-true")]
    [InlineData("o2 < 19.5", "o2 > 23.5", "")]
    public void Finds_tiers_that_are_never_reached_or_hide_the_one_below(string low, string high, string expected) =>
        Check($"expr: {low}\ntiers: [{{ tier: major, expr: \"{high}\" }}]", expected);

    [Fact]
    public void A_tier_with_a_longer_for_leaves_room_to_the_one_below() =>
        Check("expr: temperature > 40\nfor: 5s\ntiers: [{ tier: major, for: 6s, expr: temperature > 40 }]", "");

    [Theory]
    [InlineData("temperature < 28", "")]
    [InlineData("temperature < 31", "10:16 clear-overlaps")]
    [InlineData("temperature > 50", "10:16 clear-overlaps")]
    [InlineData("temperature <= 30", "10:16 clear-adds-nothing")]
    [InlineData("temperature < 20 and temperature > 25", "10:16 never-clears")]
    [InlineData("\"false\"", "")]
    public void Finds_a_clear_that_contradicts_its_condition(string clear, string expected) =>
        Check($"expr: temperature > 30\nclear: {clear}", expected);

    [Fact]
    public void Says_where_clear_and_condition_are_both_true()
    {
        var found = Assert.Single(Lint("expr: temperature > 30\nclear: temperature < 31"));

        Assert.Equal("clear and expr are both true at temperature 30.5; the alert goes on there", found.Message);
    }

    [Theory]
    [InlineData("for: 5s\nmax_gap: 0s", "11:18 never-held")]
    [InlineData("max_gap: 5s", "10:18 no-effect")]
    [InlineData("step_down_after: 5s", "10:26 no-effect")]
    [InlineData("for: 5s\nmax_gap: 5s", "")]
    [InlineData("max_gap: 5s\ntiers: [{ tier: major, expr: temperature > 40, for: 5s }]", "")]
    [InlineData("tiers: [{ tier: major, expr: temperature > 40, max_gap: 5s }]", "10:65 no-effect")]
    public void Finds_durations_that_are_never_met_or_do_nothing(string lines, string expected) =>
        Check($"expr: temperature > 30\n{lines}", expected);

    [Theory]
    [InlineData("select: { type: gas-detector }", "")]
    [InlineData("select: { type: gas-detctor }", "no device is of type 'gas-detctor'; did you mean 'gas-detector'?")]
    [InlineData("select: { type: gas-detector, labels: { hazrd: toxic } }", "no device has a label 'hazrd'; did you mean 'hazard'?")]
    [InlineData("select: { labels: { hazard: toxik } }", "no device has the label 'hazard' with 'toxik'; did you mean 'toxic'?")]
    [InlineData("select: { type: lock, labels: { hazard: toxic } }", "no device has all of this together")]
    [InlineData("select: { type: person }", "")]
    public void Finds_rules_that_select_no_device(string select, string expected)
    {
        DeviceProfile[] profiles = [new("gas-detector", [new("hazard", "toxic")]), new("lock", [])];
        var found = Lint($"expr: temperature > 30\n{select}", new LintFacts { AsOf = Day, Profiles = profiles });

        Assert.Equal(expected.Length == 0 ? [] : [$"'g/A' selects no device: {expected}"], found.Select(one => one.Message));
    }

    [Fact]
    public void Finds_metrics_that_no_device_reports()
    {
        var found = Lint("expr: gas.methane > 30 and temperature > 3", new LintFacts { AsOf = Day, Metrics = new HashSet<string> { "gas.metane", "temperature" } });

        Assert.Equal(["no device has reported the metric 'gas.methane' so far; did you mean 'gas.metane'?"], found.Select(one => one.Message));
    }

    [Fact]
    public void Finds_rules_that_say_the_same()
    {
        const string Text = "groups: [{ name: g, rules: [{ alert: A, expr: temperature > 1, tier: general }, { alert: B, expr: temperature > 1.0, tier: general }, "
            + "{ alert: C, expr: temperature > 1, tier: general, select: { type: x } }] }]";
        var found = RuleLinter.Lint([new RuleFile("a.yaml", Text)], new LintFacts { AsOf = Day });

        Assert.Equal(["duplicate-rule 'g/B' says the same of the same devices as 'g/A' in a.yaml:1"], found.Select(one => $"{one.Code} {one.Message}"));
    }

    [Fact]
    public void Looks_at_the_rules_that_can_be_read_when_others_cannot()
    {
        const string Text = "groups: [{ name: g, rules: [{ alert: A, expr: temperature >, tier: general }, { alert: B, expr: lel > 30 %LEL, tier: general }] }]";
        var found = RuleLinter.Lint([new RuleFile("a.yaml", Text)], new LintFacts { AsOf = Day });

        Assert.Equal(["expr-syntax", "above-ceiling"], found.Select(one => one.Code));
    }

    [Fact]
    public void A_disabled_rule_is_left_alone() => Check("expr: lel > 90 and lel < 20\ndisabled: true", "");

    [Fact]
    public void The_packs_are_clean()
    {
        var folder = RepositoryFiles.PathOf("config/rules");
        var files = Directory.GetFiles(folder, "*.yaml", SearchOption.AllDirectories).Where(path => !path.EndsWith(".rulestest.yaml", StringComparison.Ordinal));
        var found = RuleLinter.Lint([.. files.Select(path => new RuleFile(Path.GetFileName(path), File.ReadAllText(path)))], new LintFacts { AsOf = Day });

        Assert.Empty(found);
    }

    private static void Check(string lines, string expected)
    {
        var found = Lint(lines);
        Assert.Equal(expected, string.Join("; ", found.Select(one => $"{one.Line}:{one.Column} {one.Code}")));
    }

    /// <summary>The rule's lines begin in line 9.</summary>
    private static IReadOnlyList<Diagnostic> Lint(string lines, LintFacts? facts = null)
    {
        var body = string.Concat(lines.Split('\n').Select(line => "        " + line + "\n"));
        var text = $"# 1\n# 2\n# 3\ngroups:\n  - name: g\n    rules:\n      - alert: A\n        tier: general\n{body}";
        return RuleLinter.Lint([new RuleFile("test.yaml", text)], facts ?? new LintFacts { AsOf = Day });
    }
}
