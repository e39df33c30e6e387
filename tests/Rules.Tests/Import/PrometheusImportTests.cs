using Fengsui.Rules.Import;
using Fengsui.Rules.Import.Prometheus;
using Fengsui.Rules.Lint;
using Fengsui.Rules.Model;
using Xunit;

namespace Fengsui.Rules.Tests.Import;

public sealed class PrometheusImportTests
{
    [Theory]
    [InlineData("temperature > 30", "temperature > 30")]
    [InlineData("30 <= temperature", "30 <= temperature")]
    [InlineData("(temperature > 30) and (humidity < 5 or co >= 2)", "temperature > 30 and (humidity < 5 or co >= 2)")]
    [InlineData("temperature > 30 unless maintenance", "temperature > 30 and not known(maintenance)")]
    [InlineData("temperature > 30 unless (a > 1 or b > 2)", "temperature > 30 and not (a > 1 or b > 2)")]
    [InlineData("(a + b) * 2 - c / (d - 1) != 0", "(a + b) * 2 - c / (d - 1) != 0")]
    [InlineData("a - (b - c) > 0", "a - (b - c) > 0")]
    [InlineData("-a > -3", "-a > -3")]
    [InlineData("abs(delta(level[10m])) > 3", "abs(delta(level, 10m)) > 3")]
    [InlineData("avg_over_time(co[5m]) > 20", "mean(co, 5m) > 20")]
    [InlineData("min_over_time(co[1h30m]) > 20", "min(co, 1h30m) > 20")]
    [InlineData("max_over_time(co[90s]) > 20", "max(co, 1m30s) > 20")]
    [InlineData("quantile_over_time(0.9, co[10m]) > 20", "quantile(co, 0.9, 10m) > 20")]
    [InlineData("changes(door[5m]) > 4", "changes(door, 5m) > 4")]
    [InlineData("absent(lel)", "absent(lel, 5m)")]
    [InlineData("absent(lel) == 1", "absent(lel, 5m)")]
    [InlineData("absent_over_time(lel[30s])", "absent(lel, 30s)")]
    [InlineData("max by (zone) (lel) > 20", "max(zone, lel) > 20")]
    [InlineData("count(co > 20) by (zone) >= 2", "count(zone, co > 20) >= 2")]
    [InlineData("job:temp:max > 3 # why", "`job:temp:max` > 3")]
    public void Carries_an_expression_over(string expr, string expected)
    {
        var result = ImportRule($"expr: '{expr}'");

        Assert.Equal(expected, Assert.Single(Parse(result).Rules).Levels[0].Expression);
        Assert.False(result.HasLosses);
    }

    [Theory]
    [InlineData("up", 1, "it fires whenever the series exists: there is no comparison")]
    [InlineData("sum(co) > 3", 1, "'sum' over series: only sum, min, max, avg and count by (zone) have a meaning here")]
    [InlineData("topk(3, co) > 3", 1, "'topk' over series: only sum, min, max, avg and count by (zone) have a meaning here")]
    [InlineData("predict_linear(disk[1h], 3600) < 0", 1, "there is nothing like the function 'predict_linear', or not with these arguments")]
    [InlineData("temperature > bool 3", 13, "'bool' makes a number of a comparison")]
    [InlineData("temperature offset 5m > 3", 1, "'offset' and '@': rules see what is now")]
    [InlineData("temperature[5m] > 3", 1, "a range without a function over it")]
    [InlineData("rate(co[5m:1m]) > 3", 11, "':1m' begins a sub-query, which rules do not have")]
    [InlineData("a % 2 == 0", 3, "there is no operator '%'")]
    [InlineData("({job=\"x\"}) > 3", 2, "a selector without the name of a metric")]
    [InlineData("a > 3 and b{x=\"1\"} > 3", 11, "its selectors choose by different labels: a rule selects its devices once")]
    [InlineData("a{x!=\"1\"} > 3", 1, "the label matcher x!=\"1\": a selection names the values that a label may have")]
    [InlineData("a{x=~\"1.*\"} > 3", 1, "the label matcher x=~\"1.*\": a selection names the values that a label may have")]
    [InlineData("a >", 4, "the end cannot be read")]
    [InlineData("a > 3 3", 7, "'3' cannot be read")]
    [InlineData("a > $x", 5, "'$' cannot be read")]
    public void Says_where_and_why_an_expression_is_left_out(string expr, int column, string message)
    {
        // The expression begins in column 15 of line 5.
        var result = ImportRule($"expr: {expr}");

        Assert.Equal($"rules.yml:5:{14 + column}: left out: A: {message}", Assert.Single(result.Notes, note => note.IsLoss).ToString());
        Assert.Empty(Parse(result).Rules);
    }

    [Fact]
    public void Carries_labels_severity_durations_and_texts_over()
    {
        var result = ImportRule("""
            expr: temperature{site="east", kind=~"a|b"} > 30
            for: 90s
            keep_firing_for: 1w
            labels: { severity: Critical, team: fire }
            annotations:
              summary: '{{ $labels.instance }} in {{$labels.zone}} ({{ $labels.team }}) is at {{ $value | humanize }}'
              other: '{{ printf "%.2f" $value }} °C'
              lost: '{{ range query "up" }}x{{ end }}'
            """);
        var rule = Assert.Single(Parse(result).Rules);

        Assert.Equal((Tier.Major, 90_000, 7 * 86_400_000L, 300_000), (rule.Levels[0].Tier, rule.Levels[0].ForMs, rule.Levels[0].HoldMs, rule.Levels[0].MaxGapMs));
        Assert.Equal("|'kind'='a'/'b','site'='east'", rule.Selector.ToString());
        Assert.Equal(["team"], rule.Labels.Keys);
        Assert.Equal("{{ device }} in {{ zone }} ({{ labels.team }}) is at {{ value.temperature }}", rule.Annotations["summary"].Source);
        Assert.Equal("{{ value.temperature }} °C", rule.Annotations["other"].Source);
        Assert.Equal(["the annotation 'lost': '{{ range query \"up\" }}' cannot be filled in"], result.Notes.Where(note => note.IsLoss).Select(note => note.Message));
    }

    [Fact]
    public void A_severity_is_the_tier_that_the_operator_says()
    {
        var severities = new SeverityMap();
        Assert.True(severities.TrySet("page=cross-border"));
        Assert.False(severities.TrySet("page=gravest"));
        Assert.False(severities.TrySet("page"));

        Assert.Equal(Tier.CrossBorder, Assert.Single(Parse(ImportRule("expr: a > 1\nlabels: { severity: page }", severities)).Rules).Levels[0].Tier);
    }

    [Fact]
    public void Rules_of_one_name_with_rising_severity_become_tiers()
    {
        var result = PrometheusImporter.Import("rules.yml", """
            groups:
              - name: g
                rules:
                  - { alert: Hot, expr: temperature > 30, labels: { severity: warning } }
                  - { alert: Hot, expr: temperature > 40, labels: { severity: critical } }
                  - { alert: Hot, expr: temperature > 35, labels: { severity: warning } }
                  - { record: x, expr: sum(y) }
            """, new SeverityMap());
        var rules = Parse(result).Rules;

        Assert.Equal(["g/Hot", "g/Hot-2"], rules.Select(rule => rule.Id));
        Assert.Equal([Tier.General, Tier.Major], rules[0].Levels.Select(level => level.Tier));
        Assert.Equal(["rules.yml:7:9: left out: x: a recording rule; write its expression where it is used"], result.Notes.Where(note => note.IsLoss).Select(note => note.ToString()));
    }

    [Theory]
    [InlineData("", "there is no rule in this file")]
    [InlineData("[]", "a rule file of Prometheus is a list")]
    [InlineData("groups: {", "")]
    [InlineData("rules: []", "a rule file of Prometheus needs the key 'groups'")]
    public void A_file_that_cannot_be_read_is_said_with_its_place(string text, string message)
    {
        var result = PrometheusImporter.Import("rules.yml", text, new SeverityMap());

        Assert.Null(result.Yaml);
        Assert.Contains(message, result.Mistakes[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("true")]
    [InlineData("1.5")]
    [InlineData("a: b")]
    [InlineData("a #b")]
    [InlineData("- x")]
    [InlineData("\"quoted\" and 'single' \\ back")]
    [InlineData("{{ device }}, 温度")]
    [InlineData("two\nlines")]
    [InlineData("")]
    [InlineData(" space ")]
    [InlineData("yes")]
    public void Whatever_a_label_says_is_written_so_that_it_reads_back(string text)
    {
        var source = $"groups: [{{ name: g, rules: [{{ alert: A, expr: a > 1, labels: {{ x: {System.Text.Json.JsonSerializer.Serialize(text)} }} }}] }}]";
        if (text.Contains("{{", StringComparison.Ordinal))
        {
            Assert.True(PrometheusImporter.Import("r.yml", source, new SeverityMap()).HasLosses);
            return;
        }

        Assert.Equal(text, Assert.Single(Parse(PrometheusImporter.Import("r.yml", source, new SeverityMap())).Rules).Labels["x"]);
    }

    /// <summary>What is written must pass the check that the user runs next.</summary>
    private static RuleSet Parse(ImportResult result)
    {
        Assert.NotNull(result.Yaml);
        var file = new RuleFile("imported.yaml", result.Yaml);
        Assert.DoesNotContain(RuleLinter.Lint([file], new LintFacts { AsOf = new DateOnly(2026, 6, 1) }), one => one.Severity == Severity.Error);
        var set = RuleSet.Parse([file]).RuleSet;
        Assert.NotNull(set);
        Assert.Equal(result.RuleCount, set.Rules.Count);
        return set;
    }

    private static ImportResult ImportRule(string lines, SeverityMap? severities = null)
    {
        var body = string.Concat(lines.ReplaceLineEndings("\n").Split('\n').Select(line => "        " + line + "\n"));
        return PrometheusImporter.Import("rules.yml", $"groups:\n  - name: g\n    rules:\n      - alert: A\n{body}", severities ?? new SeverityMap());
    }
}
