using System.Text.RegularExpressions;
using Fengsui.Rules.Testing;
using Fengsui.Rules.Tests.Scripts;
using Xunit;

namespace Fengsui.Rules.Tests.Packs;

/// <summary>
/// What each shipped rule must bring with it: unit tests that show every tier of it firing and show it silent, its clause, how sure
/// that is, and texts in two languages. That the unit tests pass is the test of the command <c>rules test</c>.
/// </summary>
public sealed partial class PackEvidenceTests
{
    private static readonly IReadOnlyList<Rule> Rules = ShippedPacks.Set.Rules;

    private static readonly RuleNames Names = new(Rules);

    private static readonly IReadOnlyList<RuleTest> Tests = [.. ShippedPacks.TestFiles.SelectMany(file => file.Tests)];

    [Fact]
    public void Every_pack_has_its_file_of_unit_tests()
    {
        var tested = ShippedPacks.TestFiles.SelectMany(file => file.RuleFiles.Select(rules => rules.Text));

        // Duties are no rules: DutiesSectionTests holds them against what is built in.
        Assert.Empty(ShippedPacks.Files.Select(file => file.Path).Except(tested).Except(["library/duties.yaml"]));
    }

    [Fact]
    public void Every_tier_of_every_rule_is_seen_firing_by_a_unit_test()
    {
        var alerts = Tests.SelectMany(test => test.Alerts).SelectMany(look => look.Alerts.Select(alert => (Names.Find(look.Rule), alert.Tier)));
        var steps = Tests.SelectMany(test => test.Transitions ?? [])
            .Where(step => step.Kind is TransitionKind.Firing or TransitionKind.TierChanged)
            .Select(step => (Names.Find(step.Rule), step.Tier));

        Assert.Empty(Rules.SelectMany(rule => rule.Levels.Select(level => ((string?)rule.Id, level.Tier))).Except(alerts.Concat(steps)));
    }

    [Fact]
    public void Every_rule_is_seen_silent_by_a_unit_test()
    {
        var looks = Tests.SelectMany(test => test.Alerts).Where(look => look.Alerts.Count == 0).Select(look => Names.Find(look.Rule));
        var never = Tests.Where(test => test.Transitions is { Count: 0 }).SelectMany(test => test.Rules).Select(Names.Find);

        Assert.Empty(Rules.Select(rule => rule.Id).Except(looks.Concat(never)));
    }

    [Fact]
    public void Every_rule_cites_a_clause_and_its_certainty_begins_with_a_mark() => Assert.All(Rules, rule =>
    {
        Assert.NotEmpty(TextOf(rule, "clause"));
        Assert.Matches(Marks(), TextOf(rule, "certainty"));
    });

    [Fact]
    public void What_is_only_recalled_says_that_nobody_verified_it() => Assert.All(
        Rules.Where(rule => Recalled().IsMatch(TextOf(rule, "certainty"))),
        rule => Assert.Contains("template, unverified", TextOf(rule, "clause"), StringComparison.Ordinal));

    [Fact]
    public void A_rule_without_a_clause_claims_nothing_but_our_own_choice() => Assert.All(
        Rules.Where(rule => TextOf(rule, "clause").StartsWith("none", StringComparison.Ordinal)),
        rule => Assert.Equal("own", TextOf(rule, "certainty")));

    [Fact]
    public void Every_rule_speaks_to_people_in_two_languages() => Assert.All(Rules, rule =>
    {
        foreach (var key in new[] { "summary", "description" })
        {
            Assert.Matches("[A-Za-z]{3}", TextOf(rule, key));
            Assert.DoesNotMatch(Chinese(), TextOf(rule, key));
            Assert.Matches(Chinese(), TextOf(rule, key + "_zh"));
        }
    });

    [Fact]
    public void Every_table_cites_its_clause_and_certainty()
    {
        var library = ShippedPacks.Set.Library;

        Assert.NotEmpty(library.SetPoints.All);
        Assert.All(library.SetPoints.All, table =>
        {
            Assert.NotEmpty(table.Clause ?? "");
            Assert.Matches(Marks(), table.Certainty ?? "");
        });
        Assert.NotEmpty(library.Segregation?.Edition ?? "");
        Assert.Matches(Marks(), library.Segregation?.Certainty ?? "");
    }

    [Fact]
    public void Every_rule_stands_in_the_document_with_its_clause_and_certainty()
    {
        var document = File.ReadAllText(RepositoryFiles.PathOf("docs/rule-packs.md"));
        var sections = document.Split("\n### `").Skip(1).ToDictionary(section => section[..section.IndexOf('`', StringComparison.Ordinal)]);

        Assert.All(Rules, rule =>
        {
            var line = Assert.Single(sections[rule.Group].Split('\n'), line => line.StartsWith($"| `{rule.Alert}` |", StringComparison.Ordinal));
            Assert.Contains($"| {TextOf(rule, "clause")} | {TextOf(rule, "certainty")} |", line, StringComparison.Ordinal);
        });
    }

    private static string TextOf(Rule rule, string key) => rule.Annotations.TryGetValue(key, out var text) ? text.Source : "";

    /// <summary>A mark alone, that of the base set-point; then parts of the rule, each with its mark: <c>2; tiers own</c>, <c>own; Art. 38: 2</c>.</summary>
    [GeneratedRegex("^(S|D|I|C|2|R|own)(; [^;]+ (S|D|I|C|2|R|own))*$")]
    private static partial Regex Marks();

    [GeneratedRegex(@"(^|[ :])R(;|$)")]
    private static partial Regex Recalled();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Chinese();
}
