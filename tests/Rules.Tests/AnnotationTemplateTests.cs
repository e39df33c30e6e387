using Fengsui.Rules.Model;
using Fengsui.Rules.Tests.Scripts;
using Xunit;

namespace Fengsui.Rules.Tests;

public sealed class AnnotationTemplateTests
{
    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("{{ device }} in {{zone}}", "dev-1 in W3")]
    [InlineData("{{ tier }}/{{ tier_zh }} {{ alert }}", "major/重大 A")]
    [InlineData("{{ value.temperature }} °C, {{ value.co }} ppm", "31.5 °C, ? ppm")]
    [InlineData("{{ labels.own }} {{ labels.theirs }} [{{ labels.nobody }}]", "rule device []")]
    [InlineData("}} { {{ device }}{{ device }}", "}} { dev-1dev-1")]
    public void Renders(string source, string expected)
    {
        var set = RuleSets.OfRule($"expr: temperature > 30 and co > 1\nlabels: {{ own: rule }}\nannotations:\n  summary: \"{source}\"");
        var context = new AnnotationContext(
            set.Rules[0],
            "dev-1",
            "W3",
            Tier.Major,
            new Dictionary<string, string> { ["own"] = "device", ["theirs"] = "device" },
            [double.NaN, 31.5]);
        Assert.Equal(expected, set.Rules[0].Annotations["summary"].Render(context));
    }

    [Fact]
    public void A_position_is_shown_in_degrees()
    {
        GeoPosition.TryCreate(-31.2304, 121.47371234, out var place);
        var set = RuleSets.OfRule("expr: speed(position) > 30 km/h\nannotations:\n  summary: \"at {{ value.position }}\"");
        var rule = set.Rules[0];
        var values = rule.Inputs.Select(input => input == "position" ? place.Pack() : double.NaN).ToArray();
        Assert.Equal("at -31.230400, 121.473712", rule.Annotations["summary"].Render(new AnnotationContext(rule, "d", "z", Tier.Major, new Dictionary<string, string>(), values)));
    }
}
