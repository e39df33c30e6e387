using Fengsui.Rules.Model;
using Fengsui.Rules.Tests.Scripts;
using Xunit;

namespace Fengsui.Rules.Tests.Packs;

/// <summary>The packs in <c>config/rules</c>: well-formed, cited in both languages, and firing where the norms say.</summary>
public sealed class PackTests
{
    private static readonly string[] RequiredAnnotations = ["summary", "summary_zh", "description", "description_zh", "clause", "certainty"];

    [Fact]
    public void All_packs_are_read_together_without_a_remark()
    {
        Assert.Empty(ShippedPacks.Parsed.Diagnostics);
        Assert.True(ShippedPacks.Set.Rules.Count > 90);
    }

    [Fact]
    public void Every_rule_explains_itself_in_both_languages_and_cites_its_figures() =>
        Assert.All(ShippedPacks.Set.Rules, rule => Assert.Equal(RequiredAnnotations.Order(), rule.Annotations.Keys));

    [Theory]
    [InlineData("hazard=flammable-liquid", "temperature=37", "")]
    [InlineData("hazard=flammable-liquid", "temperature=37.1", "TemperatureHighRecalled general")]
    [InlineData("hazard=explosive", "temperature=30", "TemperatureHigh general")]
    [InlineData("hazard=oxidiser", "temperature=30", "")]
    [InlineData("hazard=explosive", "temperature=36", "TemperatureHigh significant")]
    [InlineData("hazard=toxic", "temperature=46", "TemperatureHigh major")]
    [InlineData("hazard=oxidiser", "humidity=76", "HumidityHigh general")]
    [InlineData("hazard=explosive", "humidity=80", "")]
    [InlineData("other=label", "temperature=61", "FireSuspected major")]
    public void Warehouse(string label, string reading, string expected) => Check("warehouse-sensor", label, reading, expected);

    [Theory]
    [InlineData("lel=25", "")]
    [InlineData("lel=25.1", "CombustibleGas significant")]
    [InlineData("lel=50.1", "CombustibleGas major")]
    [InlineData("h2s=7.1", "HydrogenSulfide significant")]
    [InlineData("h2s=14.2", "HydrogenSulfide major")]
    [InlineData("co=17.2", "CarbonMonoxide significant")]
    [InlineData("co=34.4", "CarbonMonoxide major")]
    [InlineData("o2=19.4", "OxygenDeficiency significant")]
    [InlineData("o2=19.5", "")]
    [InlineData("o2=23.6", "OxygenEnrichment significant")]
    public void Gas_detection(string reading, string expected) => Check("gas-detector", "a=b", reading, expected);

    [Theory]
    [InlineData("gb-30871", "o2=22", "OxygenAboveNormal general")]
    [InlineData("gb-46768", "o2=22", "")]
    [InlineData("gb-46768", "o2=23.6", "OxygenEnrichment major")]
    [InlineData("gb-46768", "o2=19.4", "OxygenDeficiency significant")]
    [InlineData("gb-46768", "lel=10.1", "CombustibleGas significant")]
    [InlineData("gb-30871", "h2s=7.1", "HydrogenSulfide significant")]
    [InlineData("gb-46768", "co=25.8", "CarbonMonoxide significant")]
    [InlineData("none", "co=500", "")]
    public void Confined_space(string regime, string reading, string expected) => Check("confined-space-sensor", "regime=" + regime, reading, expected);

    [Theory]
    [InlineData("temperature=60", "TemperatureHigh significant")]
    [InlineData("temperature=80", "TemperatureHigh major")]
    [InlineData("lel=26", "CombustibleGas significant")]
    [InlineData("o2=19", "OxygenDeficiency significant")]
    [InlineData("o2=20.9", "")]
    public void A_newcomers_device_of_type_default(string reading, string expected) => Check("default", "a=b", reading, expected);

    /// <summary>Holds a reading for ten minutes at one a second: no pack rule waits longer.</summary>
    private static void Check(string type, string label, string reading, string expected)
    {
        var metrics = new MetricTable();
        var labelParts = label.Split('=');
        var program = RuleProgram.Compile(ShippedPacks.Set, new DeviceProfile(type, [new(labelParts[0], labelParts[1])]), metrics);
        var state = program.CreateState();
        var readingParts = reading.Split('=');
        var plan = program.PlanFor(new Shape(0, [metrics.Declare(readingParts[0])]));
        var value = double.Parse(readingParts[1], System.Globalization.CultureInfo.InvariantCulture);
        for (var second = 0; second <= 600; second++)
        {
            program.Apply(state, plan, RuleScript.StartMs + (second * 1000L), [value], [], new TransitionBuffer());
        }

        var firing = state.ActiveAlerts().Where(alert => alert.Phase == AlertPhase.Firing).Select(alert => $"{alert.Rule.Alert} {alert.Tier.Name()}");
        Assert.Equal(expected, string.Join("; ", firing));
    }
}
