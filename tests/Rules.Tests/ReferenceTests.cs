using Fengsui.Rules.Functions;
using Fengsui.Rules.Tests.Scripts;
using Xunit;

namespace Fengsui.Rules.Tests;

/// <summary>What <c>docs/rule-language.md</c> shows must work.</summary>
public sealed class ReferenceTests
{
    private static readonly string Text = File.ReadAllText(RepositoryFiles.PathOf("docs/rule-language.md"));

    [Fact]
    public void The_example_file_is_accepted_without_a_remark()
    {
        var start = Text.IndexOf("```yaml\n", StringComparison.Ordinal) + "```yaml\n".Length;
        var example = Text[start..Text.IndexOf("```", start, StringComparison.Ordinal)];
        Assert.Empty(RuleSet.Parse([new RuleFile("example.yaml", example)]).Diagnostics);
    }

    [Fact]
    public void Every_code_of_a_mistake_is_listed() => Assert.All(
        typeof(DiagnosticCodes).GetFields().Select(field => (string)field.GetValue(null)!),
        code => Assert.Contains($"`{code}`", Text, StringComparison.Ordinal));

    [Fact]
    public void Every_function_is_described()
    {
        var text = Text + string.Concat(((string[])["functions-geo", "rule-library"]).Select(name => File.ReadAllText(RepositoryFiles.PathOf($"docs/{name}.md"))));
        Assert.All(FunctionTable.Names.Except(["followed", "not_followed"]), name => Assert.Contains($"`{name}", text, StringComparison.Ordinal));
    }

    [Fact]
    public void The_tier_example_happens_as_told() => RuleScript.Check("""
        expr: temperature > 30
        tiers: [{ tier: major, expr: temperature > 40 }]
        step_down_after: 2m
        """, """
        0s temperature=31 -> firing general @0s
        1s temperature=41 -> tier general<major
        2s temperature=35
        2m2s temperature=35 -> tier major<general
        2m3s temperature=20 -> resolved general
        """);
}
