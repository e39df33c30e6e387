using System.Globalization;
using System.Text.RegularExpressions;
using Fengsui.Rules.Library.Gases;
using Fengsui.Rules.Tests.Scripts;
using Xunit;

namespace Fengsui.Rules.Tests.Library;

public sealed partial class GasUnitTests
{
    private static readonly Dictionary<string, double> AtomicWeights = new(StringComparer.Ordinal)
    {
        ["H"] = 1.008,
        ["C"] = 12.011,
        ["N"] = 14.007,
        ["O"] = 15.999,
        ["F"] = 18.998,
        ["P"] = 30.974,
        ["S"] = 32.06,
        ["Cl"] = 35.45,
        ["As"] = 74.922,
    };

    public static TheoryData<string> Gases => [.. GasTable.All.Select(gas => gas.Name)];

    [Theory]
    [MemberData(nameof(Gases))]
    public void Molar_masses_follow_from_the_formula(string name)
    {
        var gas = GasTable.Find(name)!;
        var mass = Atom().Matches(gas.Formula).Sum(atom =>
            AtomicWeights[atom.Groups[1].Value] * (atom.Groups[2].Length == 0 ? 1 : int.Parse(atom.Groups[2].Value, CultureInfo.InvariantCulture)));
        Assert.Equal(mass, gas.MolarMass, 0.0005);
    }

    /// <summary>The figures that occupational limits are compared by. They were computed with 22.4, 24.04 and 24.45 L/mol, so the last digit may differ by one.</summary>
    [Theory]
    [InlineData("co", 20, 16.0, 17.2, 17.5, 0.06)]
    [InlineData("h2s", 10, 6.6, 7.1, 7.2, 0.06)]
    [InlineData("nh3", 20, 26.3, 28.2, 28.7, 0.06)]
    [InlineData("cl2", 1, 0.32, 0.34, 0.34, 0.006)]
    public void Milligrams_become_ppm_as_the_tables_say(string gas, double milligrams, double at0, double at20, double at25, double tolerance)
    {
        foreach (var (celsius, ppm) in new[] { (0, at0), (20, at20), (25, at25) })
        {
            Assert.Equal(ppm, new GasBasis(GasTable.Find(gas)!, celsius).ToPpm(milligrams), tolerance);
            Assert.Equal(milligrams, new GasBasis(GasTable.Find(gas)!, celsius).ToMilligrams(new GasBasis(GasTable.Find(gas)!, celsius).ToPpm(milligrams)), 1e-9);
        }
    }

    [Fact]
    public void A_limit_in_milligrams_is_judged_against_a_reading_in_ppm() => RuleScript.Check("expr: co > 20 mg/m3", """
        0s co=17.1
        1s co=17.2 -> firing general @1s
        """);

    [Fact]
    public void The_reference_temperature_moves_the_limit() => Check("reference_temperature: 25 °C\n", "expr: co > 20 mg/m3", """
        0s co=17.4
        1s co=17.5 -> firing general @1s
        """);

    [Fact]
    public void A_metric_of_an_own_name_has_the_gas_that_is_declared() => Check("metrics: { sensor7: { unit: ppm, gas: hydrogen-sulfide } }\n", "expr: sensor7 > 10 mg/m3", """
        0s sensor7=7.05
        1s sensor7=7.06 -> firing general @1s
        """);

    [Fact]
    public void A_metric_reported_in_milligrams_is_judged_against_ppm() => Check("metrics: { co: { unit: mg/m3 } }\n", "expr: co > 20 ppm", """
        0s co=23.28
        1s co=23.29 -> firing general @1s
        """);

    [Theory]
    [InlineData("avg(co, 5m)")]
    [InlineData("stel(co)")]
    [InlineData("mac(co)")]
    [InlineData("last(co)")]
    [InlineData("max(zone, co)")]
    [InlineData("stel(max(zone, co))")]
    [InlineData("abs(-co)")]
    public void A_function_passes_on_unit_and_gas(string function) => Assert.EndsWith(
        Limit("", "co > 20 mg/m3").Split(' ')[^1],
        Limit("", function + " > 20 mg/m3"),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("metrics: { x: { gas: co } }\n", "x > 20 mg/m3", "co > 20 mg/m3")]
    [InlineData("", "gas.co > 20 mg/m3", "gas.co > 0.02 g/m3")]
    [InlineData("", "co > 20000 µg/m3", "co > 20 mg/m3")]
    [InlineData("", "abs(co) > 20 mg/m3", "abs(co) > 0.02 g/m3")]
    [InlineData("", "co - 5 ppm > 20 mg/m3", "(co - 5) > 20 mg/m3")]
    [InlineData("", "5 ppm + co > 20 mg/m3", "5 + co > 20 mg/m3")]
    public void Sides_agree_whatever_unit_they_are_written_in(string sections, string one, string other)
    {
        var (first, second) = (Limit(sections, one), Limit(sections, other));
        Assert.Equal(first.Replace("`x`", "`co`", StringComparison.Ordinal), second);
    }

    [Theory]
    [InlineData("metrics: { x: { unit: ppm } }\n", "x > 20 mg/m3", "converting needs the gas")]
    [InlineData("metrics: { x: { unit: mg/m3, gas: co } }\n", "x - h2s > 1", "they are of co and h2s")]
    [InlineData("", "co > 20 %LEL", "the left side is in ppm, the right side in %LEL")]
    [InlineData("", "20 mg/m3 - 5 ppm > co", "converting needs the gas")]
    public void Says_why_it_cannot_convert(string sections, string expression, string message)
    {
        var result = RuleSet.Parse([new RuleFile("a.yaml", sections + RuleSets.TextOfRule($"expr: \"{expression}\""))]);
        Assert.Contains(message, Assert.Single(result.Diagnostics).Message, StringComparison.Ordinal);
    }

    private static string Limit(string sections, string expression) =>
        RuleSets.Parse(sections + RuleSets.TextOfRule($"expr: \"{expression}\"")).Rules[0].Levels[0].Condition.ToString();

    private static void Check(string sections, string rule, string script) =>
        new RuleScript(RuleSets.Parse(sections + RuleSets.TextOfRule(rule))).Run(script);

    [GeneratedRegex("([A-Z][a-z]?)([0-9]*)")]
    private static partial Regex Atom();
}
