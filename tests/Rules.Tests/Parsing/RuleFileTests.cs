using Fengsui.Rules.Model;
using Fengsui.Rules.Tests.Scripts;
using Xunit;

namespace Fengsui.Rules.Tests.Parsing;

public sealed class RuleFileTests
{
    [Fact]
    public void Reads_every_part_of_the_language()
    {
        var set = RuleSets.Parse(File.ReadAllText(RepositoryFiles.PathOf("tests/Rules.Tests/Fixtures/valid.yaml")));
        var rule = set.Rules[0];
        Assert.Equal("everything/温度高", rule.Id);
        Assert.Equal(["gas.flow", "humidity", "odd-name", "temperature"], rule.Metrics);
        Assert.Equal([Tier.General, Tier.Significant, Tier.CrossBorder], rule.Levels.Select(level => level.Tier));
        Assert.Equal([10_000, 5_000, 0], rule.Levels.Select(level => level.ForMs));
        Assert.Equal([15_000, 15_000, 15_000], rule.Levels.Select(level => level.MaxGapMs));
        Assert.Equal([90_000, 120_000, 120_000], rule.Levels.Select(level => level.HoldMs));
        Assert.Equal([new("site", "east"), new("team", "fire")], rule.Labels);
        Assert.Equal("temperature < 28", rule.Levels[0].ClearExpression);
        Assert.True(set.Rules[1].Disabled);
        Assert.Equal(UnknownPolicy.Alarm, set.Rules[1].Unknown);
    }

    [Theory]
    [InlineData("temperature > 86 °F", "temperature > 30")]
    [InlineData("temperature > 303.15 K", "temperature > 30 °C")]
    [InlineData("o2 < 195000 ppm", "o2 < 19.5 %VOL")]
    [InlineData("lel > 25 %", "lel > 25")]
    [InlineData("speed > 20 m/s", "speed > 72 km/h")]
    [InlineData("temperature > 28 °C + 2 °C", "temperature > 30")]
    [InlineData("temperature > -5 °C", "temperature > -5")]
    [InlineData("lock == true", "lock != 0")]
    [InlineData("lock != true", "lock == 0")]
    [InlineData("temperature > 2 * 3 + 4 or co > 1 and lel > 2", "(temperature > 10) or ((co > 1) and (lel > 2))")]
    [InlineData("not temperature > 30 and co > 3", "(not (temperature > 30)) and (co > 3)")]
    [InlineData("co - co2 - dust > 1", "(co - co2) - dust > 1")]
    public void Means_the_same(string one, string other) =>
        Assert.Equal(RuleSets.OfRule($"expr: \"{one}\"").Rules[0].Fingerprint, RuleSets.OfRule($"expr: \"{other}\"").Rules[0].Fingerprint);

    [Theory]
    [InlineData("expr: temperature > 31")]
    [InlineData("expr: temperature > 30\nfor: 1s")]
    [InlineData("expr: temperature > 30\nmax_gap: 1s")]
    [InlineData("expr: temperature > 30\nkeep_firing_for: 1s")]
    [InlineData("expr: temperature > 30\nunknown: alarm")]
    [InlineData("expr: temperature > 30\nclear: temperature < 29")]
    [InlineData("expr: temperature > 30\ntier: major")]
    [InlineData("expr: temperature > 30\ntiers: [{ tier: major, expr: temperature > 40 }]")]
    public void A_change_of_what_matters_to_the_state_changes_the_fingerprint(string changed) =>
        Assert.NotEqual(RuleSets.OfRule("expr: temperature > 30").Rules[0].Fingerprint, RuleSets.OfRule(changed).Rules[0].Fingerprint);

    [Fact]
    public void A_change_of_texts_does_not_change_the_fingerprint() => Assert.Equal(
        RuleSets.OfRule("expr: temperature > 30").Rules[0].Fingerprint,
        RuleSets.OfRule("expr: temperature  >  30.0\nlabels: { a: b }\nselect: { type: x }\nannotations: { summary: hot }").Rules[0].Fingerprint);

    [Fact]
    public void Names_a_duplicate_across_files()
    {
        var text = "groups:\n  - name: g\n    rules:\n      - { alert: A, tier: general, expr: co > 1 }\n";
        var result = RuleSet.Parse([new RuleFile("b.yaml", text), new RuleFile("a.yaml", text)]);
        Assert.Equal("b.yaml:4:18: error duplicate-name: there is a rule 'g/A' already, in a.yaml:4 (expected another name)", Assert.Single(result.Diagnostics).ToString());
    }

    [Fact]
    public void The_set_fingerprint_does_not_depend_on_the_order_of_files_but_on_every_text()
    {
        RuleFile a = new("a.yaml", "groups: []"), b = new("b.yaml", "groups: [ ]");
        var fingerprint = RuleSet.Parse([a, b]).RuleSet!.Fingerprint;
        Assert.Equal(fingerprint, RuleSet.Parse([b, a]).RuleSet!.Fingerprint);
        Assert.NotEqual(fingerprint, RuleSet.Parse([a, b with { Text = "groups: []" }]).RuleSet!.Fingerprint);
        Assert.Equal(RuleSet.Empty.Fingerprint, RuleSet.Parse([]).RuleSet!.Fingerprint);
    }

    [Fact]
    public void A_misspelt_known_metric_is_a_warning_that_does_not_refuse_the_file()
    {
        var result = RuleSet.Parse([new RuleFile("a.yaml", "groups:\n  - name: g\n    rules:\n      - { alert: A, tier: general, expr: temprature > 1 }\n")]);
        Assert.NotNull(result.RuleSet);
        Assert.Equal("a.yaml:4:42: warning metric-name: 'temprature' looks like a misspelt metric; did you mean 'temperature'?", Assert.Single(result.Diagnostics).ToString());
    }

    [Theory]
    [InlineData("warehouse", "flammable", true)]
    [InlineData("tank", "toxic", true)]
    [InlineData("tank", "inert", false)]
    [InlineData("lock", "toxic", false)]
    [InlineData("tank", null, false)]
    public void Selects_by_type_and_labels(string type, string? hazard, bool selected)
    {
        var set = RuleSets.OfRule("expr: co > 1\nselect: { type: [warehouse, tank], labels: { hazard: [flammable, toxic] } }");
        var profile = new DeviceProfile(type, hazard is null ? [] : [new("hazard", hazard)]);
        Assert.Equal(selected ? 1 : 0, RuleProgram.Compile(set, profile, new MetricTable()).Rules.Count);
    }

    [Fact]
    public void A_disabled_rule_does_not_run() =>
        Assert.Empty(RuleProgram.Compile(RuleSets.OfRule("expr: co > 1\ndisabled: true"), RuleSets.Device, new MetricTable()).Rules);
}
