using Xunit;

namespace Fengsui.Rules.Tests.Zones;

public sealed class ZoneFunctionTests
{
    [Theory]
    [InlineData("any(zone, co > 20 ppm)")]
    [InlineData("all(zone, lock == true)")]
    [InlineData("max(zone, co) > 20 ppm")]
    [InlineData("max(co, 5 min) > 20 ppm")]
    [InlineData("count(zone, co > 20) >= 2")]
    [InlineData("any(zone, absent(co, 30 s))")]
    [InlineData("permit_active(\"hot work\") and permit_ends_in() < 10 min")]
    [InlineData("gas_test_age() > 30 min")]
    [InlineData("goods_quantity(\"1203\") > 2 t or goods_quantity(\"class 5.1\") > 100")]
    [InlineData("unlock_persons(30 s) < 2")]
    public void Can_be_written(string expression) => Assert.Empty(Errors(expression));

    [Theory]
    [InlineData("any(co > 20)", "any", "the first argument is not 'zone'")]
    [InlineData("any(zone, co)", "condition", "")]
    [InlineData("max(zone, co > 20) > 1", "number", "")]
    [InlineData("any(zone, permit_active())", "cannot depend on the zone", "")]
    [InlineData("any(zone, max(zone, co) > 3)", "cannot depend on the zone", "")]
    [InlineData("goods_quantity(\"petrol\") > 1", "names no goods", "")]
    [InlineData("goods_quantity(\"class 77\") > 1", "names no goods", "")]
    [InlineData("unlock_persons(3 h) < 2", "duration", "")]
    [InlineData("permit_ends_in() < 3 kg", "", "")]
    [InlineData("segregation_violations() > 0", "segregation", "")]
    [InlineData("persons_insid() > 0", "did you mean 'persons_inside'", "")]
    public void Says_what_is_wrong(string expression, string part, string other)
    {
        var errors = Errors(expression);
        Assert.NotEmpty(errors);
        Assert.Contains(errors, error => error.Contains(part, StringComparison.Ordinal) && error.Contains(other, StringComparison.Ordinal));
    }

    [Fact]
    public void The_metrics_of_members_belong_to_the_rule_set()
    {
        var set = RuleSet.Parse([new RuleFile("r.yaml", Yaml("any(zone, o2 < 19) and co > 1"))]).RuleSet!;
        Assert.Equal(["co", "o2"], set.Metrics);
        Assert.Equal(["co"], set.Rules[0].Metrics);
    }

    private static List<string> Errors(string expression) => [.. RuleSet.Parse([new RuleFile("r.yaml", Yaml(expression))]).Diagnostics
        .Where(diagnostic => diagnostic.Severity == Severity.Error).Select(diagnostic => $"{diagnostic.Message} {diagnostic.Expected}")];

    private static string Yaml(string expression) => $$"""
        groups:
          - name: g
            rules:
              - alert: A
                tier: general
                expr: {{expression}}
        """;
}
