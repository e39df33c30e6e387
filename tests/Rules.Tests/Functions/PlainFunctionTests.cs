using Fengsui.Rules.Tests.Scripts;
using Xunit;

namespace Fengsui.Rules.Tests.Functions;

public sealed class PlainFunctionTests
{
    [Fact]
    public void At_least_counts_true_conditions_and_knows_when_enough_cannot_be() => RuleScript.Check("expr: at_least(2, co > 20, h2s > 5, lel > 10)\nunknown: alarm", """
        0s co=21 h2s=1 lel=1
        1s co=21 h2s=6 lel=1 -> firing general @1s
        2s co=21 h2s=1 lel=1 -> resolved general
        3s co=21 h2s=bad lel=1 -> firing general @3s
        4s co=1 h2s=bad lel=1 -> resolved general
        """);

    [Fact]
    public void Known_is_never_unknown() => RuleScript.Check("expr: not known(co)", """
        0s co=21
        1s co=bad -> firing general @1s
        2s co=3 -> resolved general
        """);

    [Theory]
    [InlineData("at_least(3, co > 1, lel > 1)", "from 1 to 2")]
    [InlineData("at_least(2, co, lel > 1)", "this is a number, not a condition")]
    [InlineData("at_least(2)", "takes 2 to 33 arguments, not 1")]
    [InlineData("known(co) > 1", "'known' gives a condition, not a number")]
    [InlineData("knwon(co)", "did you mean 'known'?")]
    [InlineData("abs(co > 1) > 1", "this is a condition, not a number")]
    public void Says_what_is_wrong_with_a_call(string expression, string message)
    {
        var result = RuleSet.Parse([new RuleFile("a.yaml", $"groups: [{{ name: g, rules: [{{ alert: A, tier: general, expr: '{expression}' }}] }}]")]);
        Assert.Contains(result.Diagnostics, diagnostic => diagnostic.ToString().Contains(message, StringComparison.Ordinal));
    }
}
