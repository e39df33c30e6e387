using System.Text;
using Fengsui.Ingest.Hj212.Reports;
using Fengsui.Rules;
using Fengsui.Rules.Binding;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Ingest.Hj212.Configuration;

/// <summary>Reads the <c>factors</c> of an HJ 212 source: by code, a metric's name or a mapping of <c>metric</c>, <c>scale</c> and <c>unit</c>.</summary>
internal static class FactorReading
{
    private const int LongestMetric = 96;
    private const double LargestScale = 1e9;

    private static readonly KeyValuePair<string, bool>[] OtherWords = [new("keep", true), new("drop", false)];

    public static FactorMap Read(YamlMap source)
    {
        var factors = new Dictionary<string, Factor>(StringComparer.OrdinalIgnoreCase);
        var keepsOthers = source.Choice("other_factors", true, OtherWords);
        if (source.Map("factors", "'factors'") is not { } map)
        {
            return new FactorMap(factors, keepsOthers);
        }

        foreach (var code in map.Keys)
        {
            if (Read(map, code.Text) is { } factor && !factors.TryAdd(code.Text, factor))
            {
                map.Diagnostics.Error(code.Spot, DiagnosticCodes.DuplicateKey, $"factor '{code.Text}' is mapped already", "another code");
            }
        }

        return new FactorMap(factors, keepsOthers);
    }

    private static Factor? Read(YamlMap map, string code)
    {
        if (map.Node(code) is YamlScalar name)
        {
            return Of(map, name.Spot, name.Text, 1, 0);
        }

        if (map.Map(code, "a factor") is not { } below)
        {
            map.RequiredNode(code);
            return null;
        }

        var metric = below.RequiredString("metric");
        var scale = below.Number("scale", 1, -LargestScale, LargestScale);
        var (unitScale, unitOffset) = below.Scalar("unit") is { } unit && metric is not null ? Conversion(below, unit, metric) : (1, 0);
        below.Finish();
        return metric is null ? null : Of(map, below.SpotOf("metric"), metric, scale * unitScale, unitOffset);
    }

    /// <summary>How a value in the written unit is brought to the metric's own; every rule on a well-known metric counts on its unit.</summary>
    private static (double Scale, double Offset) Conversion(YamlMap map, YamlScalar unit, string metric)
    {
        if (!MetricUnits.IsUnit(unit.Text))
        {
            map.Diagnostics.Error(unit.Spot, DiagnosticCodes.UnknownUnit, $"unknown unit '{unit.Text}'{NearMiss.Hint(unit.Text, MetricUnits.Names)}", "one of " + string.Join(", ", MetricUnits.Names));
        }
        else if (MetricUnits.Of(metric) is not { } own)
        {
            map.Diagnostics.Error(unit.Spot, DiagnosticCodes.WrongUnit, $"metric '{metric}' has no unit of its own to bring {unit.Text} to", "no 'unit'; 'scale' where the values need it");
        }
        else if (!MetricUnits.TryConvert(metric, unit.Text, out var scale, out var offset))
        {
            map.Diagnostics.Error(unit.Spot, DiagnosticCodes.WrongUnit, $"{unit.Text} cannot be brought to {own}, the unit of '{metric}'", $"a unit that converts to {own}, or another metric");
        }
        else
        {
            return (scale, offset);
        }

        return (1, 0);
    }

    private static Factor? Of(YamlMap map, SourceSpot spot, string metric, double scale, double offset)
    {
        if (metric.Length is > 0 and <= LongestMetric && metric.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_'))
        {
            return new Factor(Encoding.ASCII.GetBytes(metric), scale, offset);
        }

        map.Diagnostics.Error(spot, DiagnosticCodes.MetricName, $"'{metric}' cannot be a metric's name", $"1 to {LongestMetric} letters, digits, dots and underscores");
        return null;
    }
}
