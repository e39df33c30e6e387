using System.Text.RegularExpressions;
using Fengsui.Rules.Tests.Scripts;
using Xunit;

namespace Fengsui.Rules.Tests.Library;

/// <summary>What <c>docs/rule-library.md</c> shows must work.</summary>
public sealed partial class RuleLibraryReferenceTests
{
    private static readonly string Text = File.ReadAllText(RepositoryFiles.PathOf("docs/rule-library.md"));

    private static readonly RuleFile[] Sections = [.. Block().Matches(Text).Select((block, index) => new RuleFile($"example-{index}.yaml", block.Groups[1].Value))];

    public static TheoryData<string> Expressions => [.. ConditionOf().Matches(Block().Replace(Text, "")).Select(match => match.Groups[1].Value.Trim()).Distinct()];

    [Fact]
    public void The_sections_are_accepted_together_with_the_packs_without_a_remark()
    {
        var packs = new[] { "gas-detection", "hazardous-warehouse", "library/warehouse-limits" }
            .Select(name => new RuleFile(name + ".yaml", File.ReadAllText(RepositoryFiles.PathOf($"config/rules/{name}.yaml"))));
        Assert.Equal(6, Sections.Length);
        var schedules = new RuleFile("schedules.yaml", "schedules: [{ name: monday-morning, time_zone: Asia/Shanghai, days: [mon], from: 08:00, to: 09:00 }]");
        Assert.Empty(RuleSet.Parse([.. Sections, .. packs, schedules]).Diagnostics);
    }

    [Theory]
    [MemberData(nameof(Expressions))]
    public void The_expressions_are_accepted(string expression)
    {
        var tables = Sections.Where(file => !file.Text.StartsWith("overrides:", StringComparison.Ordinal) && !file.Text.StartsWith("maintenance:", StringComparison.Ordinal));
        var rule = RuleSets.TextOfRule($"expr: '({expression}) and temperature > 0'");
        Assert.Empty(RuleSet.Parse([.. tables, new RuleFile("rule.yaml", rule)]).Diagnostics);
    }

    [Fact]
    public void There_are_expressions_to_check() => Assert.InRange(Expressions.Count, 15, 100);

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    /// <summary>Inline code that compares something or asks a yes-or-no question with a name.</summary>
    [GeneratedRegex(@"`{1,2} ?((?=[^`\n]*( > | == | != )|one_of\(|known\()(?:[^`\n]|`labels[^`\n]*` ?)+)`{1,2}")]
    private static partial Regex ConditionOf();
}
