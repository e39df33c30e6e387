using System.Globalization;
using System.Text;
using Fengsui.Ingest.Decoding;
using Fengsui.Ingest.Payloads.JsonShapes;
using Fengsui.Ingest.Payloads.Naming;
using Fengsui.Rules;
using Fengsui.Rules.Binding;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Ingest.Payloads.Configuration;

/// <summary>Reads one metric of a mapping.</summary>
internal static class JsonMetricReader
{
    private const int MaxNameBytes = 128;
    private const string ExpectedSource = "one of path, value, or latitude and longitude";

    public static ShapeMetric? Read(YamlMap map, JsonPlaces places, double[] sentinels)
    {
        var name = map.RequiredScalar("name");
        var template = name is null ? null : NameTemplateReader.Read(name, map.Diagnostics, places.Resolver(name.Spot), JsonFormReader.ExpectedName);
        var kind = ReadKind(map);
        var path = kind == ShapeMetricKind.Position ? map.RequiredScalar("latitude") : kind == ShapeMetricKind.Constant ? null : map.Scalar("path");
        var isMembers = path is not null && path.Text.EndsWith(".*", StringComparison.Ordinal);
        var place = path is null ? null
            : isMembers ? MembersOf(map, path, places)
            : places.Find(map, path);
        var longitude = kind == ShapeMetricKind.Position && map.RequiredScalar("longitude") is { } other ? places.Find(map, other) : null;
        var metric = new ShapeMetric
        {
            Kind = isMembers ? ShapeMetricKind.Members : kind,
            Name = name is null ? [] : Encoding.UTF8.GetBytes(name.Text),
            Template = template is not null && (isMembers || name!.Text.Contains('{', StringComparison.Ordinal)) ? template : null,
            Place = place,
            Longitude = longitude,
            Constant = map.Number("value", 0),
            Rule = ReadRule(map, sentinels),
        };
        CheckName(map, metric, isMembers, template);
        map.Finish();
        return template is null ? null : metric;
    }

    /// <summary>Numbers that mean "no value", also in hexadecimal.</summary>
    public static double[] ReadSentinels(YamlMap map)
    {
        var numbers = new List<double>();
        foreach (var text in map.StringOrList("no_value"))
        {
            if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits))
            {
                numbers.Add(bits);
            }
            else if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            {
                numbers.Add(number);
            }
            else
            {
                map.Diagnostics.Error(map.SpotOf("no_value"), DiagnosticCodes.InvalidValue, $"'{text}' is no number", "numbers such as -200 or 0x8000");
            }
        }

        return [.. numbers];
    }

    private static ShapeMetricKind ReadKind(YamlMap map)
    {
        var isPosition = map.Has("latitude") || map.Has("longitude");
        var ways = (isPosition ? 1 : 0) + (map.Has("path") ? 1 : 0) + (map.Has("value") ? 1 : 0);
        if (ways != 1)
        {
            map.Diagnostics.Error(map.Spot, DiagnosticCodes.Conflict, ways == 0 ? "a metric comes from nowhere" : "a metric comes from several places", ExpectedSource);
        }

        return isPosition ? ShapeMetricKind.Position : map.Has("value") ? ShapeMetricKind.Constant : ShapeMetricKind.Value;
    }

    private static ShapeNode? MembersOf(YamlMap map, YamlScalar path, JsonPlaces places) =>
        JsonPath.Parse(path.Text[..^2], out var mistake) is { } parsed ? places.Find(parsed, path.Text, path.Spot) : Mistaken(map, path, mistake);

    private static ShapeNode? Mistaken(YamlMap map, YamlScalar path, int mistake)
    {
        map.Diagnostics.Error(path.SpotAt(mistake), DiagnosticCodes.InvalidValue, $"'{path.Text}' is no path", JsonPath.Expected);
        return null;
    }

    private static void CheckName(YamlMap map, ShapeMetric metric, bool isMembers, NameTemplate? template)
    {
        if (isMembers && template?.Uses(NameVariable.Key) == false)
        {
            map.Diagnostics.Error(map.SpotOf("name"), DiagnosticCodes.MetricName, "every member would have the same name", "a name with {key}");
        }

        if (metric.Name.Length > MaxNameBytes && metric.Template is null)
        {
            map.Diagnostics.Error(map.SpotOf("name"), DiagnosticCodes.MetricName, "the name is too long", $"at most {MaxNameBytes} bytes");
        }

        var isNamedPosition = metric.Template is null && PositionNames.IsPosition(Encoding.UTF8.GetString(metric.Name));
        if (metric.Template is null && isNamedPosition != (metric.Kind == ShapeMetricKind.Position))
        {
            map.Diagnostics.Error(
                map.SpotOf("name"), DiagnosticCodes.MetricName, "a position, and nothing else, is named 'position' or ends in '.position'", isNamedPosition ? "latitude and longitude" : "position");
        }
    }

    private static ValueRule ReadRule(YamlMap map, double[] sentinels)
    {
        var (scale, offset) = (map.Number("scale", 1), map.Number("offset", 0));
        if (scale == 0)
        {
            map.Diagnostics.Error(map.SpotOf("scale"), DiagnosticCodes.OutOfRange, "a scale of 0 leaves nothing", "a number other than 0");
        }

        var conversion = ReadUnits(map);
        return new ValueRule(ReadWords(map))
        {
            NoValue = [.. sentinels, .. ReadSentinels(map)],
            Scale = scale * conversion.Scale,
            Offset = (offset * conversion.Scale) + conversion.Offset,
        };
    }

    private static UnitConversion ReadUnits(YamlMap map)
    {
        var same = new UnitConversion(1, 0);
        var (from, to) = (map.Scalar("unit"), map.Scalar("to"));
        if (from is null && to is null)
        {
            return same;
        }

        if (from is null || to is null)
        {
            map.Diagnostics.Error((from ?? to)!.Spot, DiagnosticCodes.MissingKey, "a conversion needs both 'unit' and 'to'", "such as unit: °F and to: °C");
            return same;
        }

        foreach (var unit in (YamlScalar[])[from, to])
        {
            if (!UnitConversion.Names.Contains(unit.Text))
            {
                map.Diagnostics.Error(unit.Spot, DiagnosticCodes.UnknownUnit, $"'{unit.Text}' is no unit", "one of " + string.Join(", ", UnitConversion.Names));
                return same;
            }
        }

        if (UnitConversion.Find(from.Text, to.Text) is { } found)
        {
            return found;
        }

        map.Diagnostics.Error(to.Spot, DiagnosticCodes.WrongUnit, $"{from.Text} does not convert to {to.Text}", "a unit of the same kind; between volume and mass use 'scale'");
        return same;
    }

    private static List<KeyValuePair<byte[], double>> ReadWords(YamlMap map)
    {
        var words = new List<KeyValuePair<byte[], double>>();
        foreach (var (word, value) in map.StringMap("words"))
        {
            if (double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            {
                words.Add(new(Encoding.UTF8.GetBytes(word), number));
            }
            else
            {
                map.Diagnostics.Error(value.Spot, DiagnosticCodes.InvalidValue, $"'{word}' stands for '{value.Text}'", "a number");
            }
        }

        return words;
    }
}
