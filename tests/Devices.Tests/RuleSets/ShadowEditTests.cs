using Fengsui.Devices.RuleSets;
using Fengsui.Rules;
using Xunit;

namespace Fengsui.Devices.Tests.RuleSets;

public sealed class ShadowEditTests
{
    private const string Block = """
        # limits of 2026
        groups:
          - name: g
            rules:
              - alert: Hot   # the boiler
                expr: >
                  temperature > 30
                  and humidity > 5
                tier: general

              - expr: temperature > 40
                alert: Hotter
                tier: general
          - name: flow
            rules: [{ alert: Wet, expr: humidity > 90, tier: general }]
        """;

    [Theory]
    [InlineData("g/Hot", "      - alert: Hot   # the boiler\n        shadow: true\n        expr: >\n")]
    [InlineData("g/Hotter", "        alert: Hotter\n        shadow: true\n        tier: general\n")]
    [InlineData("flow/Wet", "[{ shadow: true, alert: Wet, expr: humidity > 90, tier: general }]")]
    public void A_rule_goes_into_shadow_and_comes_back_with_every_other_character_unchanged(string rule, string expected)
    {
        var shadowed = Apply(Block, [rule], true);
        Assert.Contains(expected, shadowed, StringComparison.Ordinal);
        Assert.Equal(Block, Apply(shadowed, [rule], false));
    }

    [Fact]
    public void Several_rules_of_one_file_are_edited_at_once()
    {
        var all = new[] { "g/Hot", "g/Hotter", "flow/Wet" };
        var shadowed = Apply(Block, all, true);
        Assert.All(Parse(shadowed), rule => Assert.True(rule.Shadow));
        Assert.Equal(Block, Apply(shadowed, all, false));
        Assert.Equal(Block, Apply(shadowed, ["g/Hotter", "flow/Wet", "g/Hot"], false));
    }

    [Theory]
    [InlineData("      - shadow: true # on trial\n        alert: A\n        expr: x > 1\n        tier: general", "      - alert: A\n        expr: x > 1\n        tier: general")]
    [InlineData("      - { alert: A, shadow: true, expr: x > 1, tier: general }", "      - { alert: A, expr: x > 1, tier: general }")]
    [InlineData("      - { alert: A, expr: x > 1, tier: general, shadow: true }", "      - { alert: A, expr: x > 1, tier: general }")]
    [InlineData("      - alert: A\n        expr: x > 1\n        shadow: yes\n        tier: general", null)]
    public void Shadow_is_removed_wherever_it_stands(string rule, string? expected)
    {
        var head = "groups:\n  - name: g\n    rules:\n";
        if (expected is null)
        {
            // "yes" is no truth value here: such a file was never accepted.
            Assert.Null(RuleSet.Parse([new RuleFile("r.yaml", head + rule)]).RuleSet);
            return;
        }

        Assert.Equal(head + expected, Apply(head + rule, ["g/A"], false));
    }

    [Fact]
    public void A_false_shadow_becomes_true_in_place()
    {
        var text = "groups:\n  - name: g\n    rules:\n      - alert: A\n        expr: x > 1\n        shadow: false  # soon\n        tier: general\n";
        Assert.Equal(text.Replace("false", "true", StringComparison.Ordinal), Apply(text, ["g/A"], true));
    }

    [Fact]
    public void Line_ends_of_Windows_stay()
    {
        var text = Block.Replace("\n", "\r\n", StringComparison.Ordinal);
        var shadowed = Apply(text, ["g/Hot"], true);
        Assert.Contains("        shadow: true\r\n", shadowed, StringComparison.Ordinal);
        Assert.Equal(text, Apply(shadowed, ["g/Hot"], false));
    }

    [Fact]
    public void What_cannot_be_edited_in_place_is_refused_whole()
    {
        var files = new[] { new RuleFile("r.yaml", "groups:\n  - name: g\n    rules:\n      - {\n          alert: A,\n          expr: x > 1,\n          tier: general }\n") };
        Assert.Same(files, ShadowEdit.Apply(files, ["g/A"], true, out var mistakes));
        Assert.NotEmpty(mistakes);
    }

    [Fact]
    public void A_rule_that_is_not_there_is_named_with_what_was_meant()
    {
        var files = new[] { new RuleFile("r.yaml", Block) };
        Assert.Same(files, ShadowEdit.Apply(files, ["g/Hott"], true, out var mistakes));
        Assert.Equal("there is no rule 'g/Hott'; did you mean 'g/Hot'?", Assert.Single(mistakes));
    }

    private static string Apply(string text, string[] rules, bool isShadow)
    {
        var edited = ShadowEdit.Apply([new RuleFile("r.yaml", text)], rules, isShadow, out var mistakes);
        Assert.Empty(mistakes);
        return edited[0].Text;
    }

    private static IReadOnlyList<Rule> Parse(string text) => RuleSet.Parse([new RuleFile("r.yaml", text)]).RuleSet!.Rules;
}
