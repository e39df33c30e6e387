using Fengsui.Rules.Lint;
using Fengsui.Rules.Lint.Standards;
using Fengsui.Rules.Model;
using Xunit;

namespace Fengsui.Rules.Tests.Lint;

public sealed class CeilingTests
{
    private static readonly DateOnly Day = new(2026, 6, 1);

    [Theory]
    [InlineData("lel > 25", null)]
    [InlineData("lel > 25.1", "25 %LEL")]
    [InlineData("lel >= 30 %LEL", "25 %LEL")]
    [InlineData("30 < lel", "25 %LEL")]
    [InlineData("not (lel <= 30)", "25 %LEL")]
    [InlineData("gas.lel > 30", "25 %LEL")]
    [InlineData("lel > 20 or lel > 30", null)]
    [InlineData("lel > 20 and lel > 30", "25 %LEL")]
    [InlineData("lel < 60", null)]
    [InlineData("h2s > 7 ppm", null)]
    [InlineData("h2s > 7.1 ppm", "7.06 ppm")]
    [InlineData("co > 17.2", null)]
    [InlineData("co > 18", "17.2 ppm")]
    [InlineData("nh3 > 28", null)]
    [InlineData("nh3 > 29", "28.2 ppm")]
    [InlineData("nh3 > 20 mg/m3", null)]
    [InlineData("nh3 > 20.1 mg/m3", "28.2 ppm")]
    [InlineData("cl2 > 1 mg/m3", null)]
    [InlineData("cl2 > 0.339", null)]
    [InlineData("cl2 > 0.5", "0.339 ppm")]
    [InlineData("so2 > 1.8", null)]
    [InlineData("so2 > 2", "1.88 ppm")]
    [InlineData("o2 < 19.5", null)]
    [InlineData("o2 < 19", "19.5 %VOL")]
    [InlineData("o2 > 23.5", null)]
    [InlineData("o2 > 24", "23.5 %VOL")]
    [InlineData("speed > 80 km/h", null)]
    [InlineData("speed > 90", "80 km/h")]
    [InlineData("temperature > 500", null)]
    public void The_first_set_point_is_held_to_the_first_level(string expr, string? limit)
    {
        var found = Lint($"expr: \"{expr}\"");

        Assert.Equal(limit is null ? [] : [$"at {(expr.StartsWith("o2 <", StringComparison.Ordinal) ? "least" : "most")} {limit}"], found.Select(one => one.Expected));
    }

    [Theory]
    [InlineData("lel > 50", null)]
    [InlineData("lel > 55", "at most 50 %LEL")]
    public void The_second_tier_is_held_to_the_second_level(string expr, string? expected)
    {
        var found = Lint($"expr: lel > 20\ntiers: [{{ tier: major, expr: {expr} }}]");

        Assert.Equal(expected, found.SingleOrDefault()?.Expected);
    }

    [Fact]
    public void Toxic_gases_may_have_twice_the_limit_at_the_second_level() =>
        Assert.Equal(["at most 14.1 ppm"], Lint("expr: h2s > 7\ntiers: [{ tier: major, expr: h2s > 15 }]").Select(one => one.Expected));

    [Fact]
    public void Two_rules_of_the_same_devices_may_share_the_levels()
    {
        const string Rules = "{ alert: Low, expr: lel > 20, tier: general, select: { type: x } }";

        Assert.Empty(LintRules(Rules + ", { alert: High, expr: lel > 50, tier: major, select: { type: x } }"));
        Assert.Single(LintRules(Rules + ", { alert: High, expr: lel > 50, tier: major, select: { type: y } }"));
        Assert.Single(LintRules(Rules + ", { alert: High, expr: lel > 60, tier: major, select: { type: x } }"));
    }

    [Fact]
    public void Says_which_clause_edition_and_how_sure() => Assert.Equal(
        "test.yaml:3:47: warning above-ceiling: the set-point 25 ppm of co is above the ceiling of level 1, 17.2 ppm = 20 mg/m3 at 20 °C "
        + "(GB/T 50493-2019 §5.5.2 with GBZ 2.1-2019; certainty 2: quoted by a secondary source) (expected at most 17.2 ppm)",
        LintRules("{ alert: A, tier: general, expr: co > 25 ppm }").Single().ToString());

    [Theory]
    [InlineData("2026-04-30", "not-in-force GB 46768-2025 is not in force on 2026-04-30")]
    [InlineData("2026-05-01", "above-ceiling the set-point 20 %LEL of lel is above the ceiling of level 1, 10 %LEL (GB 46768-2025 §5.9.1, in force since 2026-05-01; certainty 2: quoted by a secondary source)")]
    public void A_rule_is_held_to_the_standard_that_it_names_from_its_day_on(string day, string expected)
    {
        var found = Lint("expr: lel > 20 %LEL\nlabels: { standard: GB 46768-2025 }", DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal([expected], found.Select(one => $"{one.Code} {one.Message}"));
    }

    [Fact]
    public void A_standard_that_nobody_knows_is_said_with_the_nearest() =>
        Assert.StartsWith("no limits of 'GB 46769-2025' are known here; did you mean 'GB 46768-2025'?", Lint("expr: lel > 5\nannotations: { standard: GB 46769-2025 }").Single().Message, StringComparison.Ordinal);

    [Fact]
    public void A_rule_may_be_held_to_no_standard() => Assert.Empty(Lint("expr: lel > 90\nlabels: { standard: none }"));

    [Fact]
    public void A_limit_for_a_label_counts_where_the_label_is()
    {
        Assert.Equal(["at most 60 km/h"], Lint("expr: speed > 70\nlabels: { road: other }").Select(one => one.Expected));
        Assert.Empty(Lint("expr: speed > 70"));
    }

    [Fact]
    public void Set_points_of_tables_are_those_of_the_selected_devices()
    {
        DeviceProfile[] profiles = [new("gas-detector", [new("limit", "30")]), new("gas-detector", [new("limit", "20")])];
        var found = Lint("expr: lel > labels.limit", Day, profiles);

        Assert.Equal(["at most 25 %LEL"], found.Select(one => one.Expected));
    }

    [Fact]
    public void Every_limit_says_what_it_is_and_no_two_contradict()
    {
        Assert.All(StandardTable.All, limit => Assert.True(limit is { Figure: > 0, Clause.Length: > 0, Level: 1 or 2 }));
        Assert.Equal(
            StandardTable.All.Count,
            StandardTable.All.Select(limit => (limit.Standard, limit.Metric, limit.Level, limit.IsUpper, limit.OnlyWith, limit.InForceFrom)).Distinct().Count());
    }

    private static IReadOnlyList<Diagnostic> Lint(string lines, DateOnly? day = null, IReadOnlyCollection<DeviceProfile>? profiles = null)
    {
        var body = string.Concat(lines.Split('\n').Select(line => "        " + line + "\n"));
        var text = $"groups:\n  - name: g\n    rules:\n      - alert: A\n        tier: general\n{body}";
        return RuleLinter.Lint([new RuleFile("test.yaml", text)], new LintFacts { AsOf = day ?? Day, Profiles = profiles });
    }

    private static IReadOnlyList<Diagnostic> LintRules(string rules) =>
        RuleLinter.Lint([new RuleFile("test.yaml", $"groups:\n  - name: g\n    rules: [ {rules} ]")], new LintFacts { AsOf = Day });
}
