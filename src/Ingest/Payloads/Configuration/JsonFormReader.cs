using Fengsui.Ingest.Payloads.JsonShapes;
using Fengsui.Ingest.Payloads.Naming;
using Fengsui.Rules;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Ingest.Payloads.Configuration;

/// <summary>Reads a mapping of JSON: its rows, their device, their time, their metrics.</summary>
internal static class JsonFormReader
{
    public const string ExpectedName = "a name with {PATH}, {key} or {topic.NUMBER}";

    private const string ExpectedRows = "a path with a star for each list, such as data[*] or tags.*";

    public static IPayloadForm Read(YamlMap map)
    {
        var rows = map.Scalar("rows") is { } text ? ReadPath(map, text) : null;
        if (rows is not null && !rows.Steps.Any(step => step.IsAny))
        {
            map.Diagnostics.Error(map.SpotOf("rows"), DiagnosticCodes.InvalidValue, "'rows' names no list", ExpectedRows);
        }

        var places = new JsonPlaces(map.Diagnostics, new ShapeSlots(rows));
        var device = NameTemplateReader.ReadList(map, "device", places.Resolver(map.SpotOf("device")), ExpectedName);
        if (device.Count == 0 && !map.Has("device"))
        {
            map.RequiredNode("device");
        }

        var (timePlace, time) = ReadTime(map, places);
        var sentinels = JsonMetricReader.ReadSentinels(map);
        var metrics = map.RequiredMaps("metrics", "a metric").Select(metric => JsonMetricReader.Read(metric, places, sentinels)).OfType<ShapeMetric>().ToList();
        var slots = places.Slots.Number();
        return JsonForm.Of(new JsonShape
        {
            Scopes = places.Slots.Scopes,
            Slots = slots,
            Device = new DeviceNames(device),
            NamePlaces = places.NamePlaces,
            TimePlace = timePlace,
            Time = time,
            Metrics = metrics,
        });
    }

    /// <summary>Null, with a diagnostic at the place in the text, when it is no path.</summary>
    public static JsonPath? ReadPath(YamlMap map, YamlScalar text)
    {
        var path = JsonPath.Parse(text.Text, out var mistake);
        if (path is null)
        {
            map.Diagnostics.Error(text.SpotAt(mistake), DiagnosticCodes.InvalidValue, $"'{text.Text}' is no path", JsonPath.Expected);
        }

        return path;
    }

    /// <summary>A path alone is of milliseconds.</summary>
    private static (ShapeNode? Place, TimeFormat? Format) ReadTime(YamlMap map, JsonPlaces places)
    {
        if (map.Node("time") is YamlScalar alone)
        {
            return (places.Find(map, alone), TimeFormat.Of("ms", TimeSpan.Zero));
        }

        if (map.Map("time", "'time'") is not { } below)
        {
            return (null, null);
        }

        var path = below.RequiredScalar("path");
        var zone = ReadZone(below);
        var word = below.String("format", "ms")!;
        var format = TimeFormat.Of(word, zone);
        if (format is null)
        {
            below.Diagnostics.Error(below.SpotOf("format"), DiagnosticCodes.InvalidValue, $"'{word}' is no format of times", TimeFormat.Expected);
        }

        below.Finish();
        return (path is null ? null : places.Find(below, path), format);
    }

    private static TimeSpan ReadZone(YamlMap map)
    {
        const string expected = "Z or an offset such as +08:00";
        var text = map.String("zone", "Z")!;
        if (text == "Z")
        {
            return TimeSpan.Zero;
        }

        var isOffset = text.Length == 6 && text[0] is '+' or '-' && TimeSpan.TryParseExact(text[1..], @"hh\:mm", null, out _);
        if (!isOffset)
        {
            map.Diagnostics.Error(map.SpotOf("zone"), DiagnosticCodes.InvalidValue, $"'{text}' is no time zone", expected);
            return TimeSpan.Zero;
        }

        var offset = TimeSpan.ParseExact(text[1..], @"hh\:mm", null);
        return text[0] == '-' ? -offset : offset;
    }
}
