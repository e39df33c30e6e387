using Fengsui.Devices.History.InfluxDb.Configuration;
using Fengsui.Rules;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Api.Configuration.Binding;

/// <summary>Binds the <c>mapping</c> of an InfluxDB target.</summary>
internal static class InfluxMappingBinder
{
    private static readonly KeyValuePair<string, LineLayout>[] Layouts = [new("wide", LineLayout.Wide), new("tall", LineLayout.Tall)];

    private static readonly KeyValuePair<string, QualityField>[] Qualities = [new("omit", QualityField.Omit), new("write", QualityField.Write)];

    private static readonly KeyValuePair<string, TimePrecision>[] Precisions =
        [new("ms", TimePrecision.Milliseconds), new("s", TimePrecision.Seconds), new("us", TimePrecision.Microseconds), new("ns", TimePrecision.Nanoseconds)];

    public static LineMapping Bind(YamlMap target)
    {
        var defaults = new LineMapping();
        if (target.Map("mapping", "'mapping'") is not { } map)
        {
            return defaults;
        }

        var layout = map.Choice("layout", defaults.Layout, Layouts);
        var isTall = layout == LineLayout.Tall;
        var mapping = defaults with
        {
            Layout = layout,
            Measurement = Measurement(map, isTall ? "{metric}" : defaults.Measurement, isTall),
            Tags = map.Has("tags") ? Tags(map, isTall) : defaults.Tags,
            Fields = Fields(map),
            Ignore = map.Strings("ignore"),
            Integers = map.Strings("integers"),
            Booleans = map.Strings("booleans"),
            Quality = map.Choice("quality", defaults.Quality, Qualities),
            Precision = map.Choice("precision", defaults.Precision, Precisions),
        };
        map.Finish();
        return mapping;
    }

    private static string Measurement(YamlMap map, string fallback, bool isTall)
    {
        var text = map.String("measurement", fallback)!;
        var rest = text.Replace("{type}", "", StringComparison.Ordinal).Replace("{zone}", "", StringComparison.Ordinal).Replace("{device}", "", StringComparison.Ordinal);
        rest = isTall ? rest.Replace("{metric}", "", StringComparison.Ordinal) : rest;
        if (text.Length == 0 || rest.IndexOfAny(['{', '}']) >= 0)
        {
            map.Diagnostics.Error(
                map.SpotOf("measurement"), DiagnosticCodes.InvalidValue, $"'measurement' is '{text}'", $"a text, in which {{type}}, {{zone}}, {{device}}{(isTall ? ", {metric}" : "")} are replaced");
        }

        return text;
    }

    private static List<TagRule> Tags(YamlMap map, bool isTall)
    {
        var tags = new List<TagRule>();
        foreach (var (key, value) in map.StringMap("tags"))
        {
            var tag = TagRule.Parse(key, value.Text);
            if (tag is null || key.Length == 0 || key is "time" or "_field" or "_measurement" || (tag.Source == TagSource.Metric && !isTall))
            {
                map.Diagnostics.Error(
                    value.Spot,
                    DiagnosticCodes.InvalidValue,
                    $"the tag '{key}' is '{value.Text}'",
                    $"device, type, zone{(isTall ? ", metric" : "")}, label:NAME or =TEXT, under a key that is not time, _field or _measurement");
            }
            else
            {
                tags.Add(tag);
            }
        }

        return tags;
    }

    private static Dictionary<string, string> Fields(YamlMap map)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (metric, value) in map.StringMap("fields"))
        {
            if (value.Text.Length == 0 || fields.ContainsValue(value.Text))
            {
                map.Diagnostics.Error(value.Spot, DiagnosticCodes.DuplicateName, $"the field of '{metric}' is '{value.Text}'", "a name of its own");
            }

            fields[metric] = value.Text;
        }

        return fields;
    }
}
