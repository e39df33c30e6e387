using Fengsui.Rules.Model;
using Xunit;

namespace Fengsui.Rules.Tests.Scripts;

/// <summary>Rule sets from the few lines that matter to a test.</summary>
internal static class RuleSets
{
    public static readonly DeviceProfile Device = new("test-device", []);

    /// <summary>One rule "g/A" of tier general, unless the lines say otherwise.</summary>
    public static RuleSet OfRule(string lines) => Parse(TextOfRule(lines));

    /// <summary>The groups of a rule file with that one rule; sections can stand before it.</summary>
    public static string TextOfRule(string lines) => "groups:\n  - name: g\n    rules:\n" + RuleText("A", lines);

    public static RuleSet OfRules(params (string Alert, string Lines)[] rules) =>
        Parse("groups:\n  - name: g\n    rules:\n" + string.Concat(rules.Select(rule => RuleText(rule.Alert, rule.Lines))));

    public static RuleSet Parse(string text)
    {
        var result = RuleSet.Parse([new RuleFile("test.yaml", text)]);
        Assert.True(result.RuleSet is not null, string.Join('\n', result.Diagnostics));
        return result.RuleSet;
    }

    private static string RuleText(string alert, string lines)
    {
        var tier = lines.StartsWith("tier:", StringComparison.Ordinal) || lines.Contains("\ntier:", StringComparison.Ordinal) ? "" : "        tier: general\n";
        var body = string.Concat(lines.ReplaceLineEndings("\n").Trim().Split('\n').Select(line => "        " + line + "\n"));
        return $"      - alert: {alert}\n{tier}{body}";
    }
}
