using System.Text;
using Fengsui.Ingest.Payloads.LineProtocol;
using Fengsui.Ingest.Payloads.Naming;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Ingest.Payloads.Configuration;

/// <summary>Reads the options of line protocol, for topics and for HTTP.</summary>
internal static class LineFormReader
{
    private const string Tag = "tag.";
    private const string Expected = "a name with {tag.NAME}, {measurement} or {topic.NUMBER}";

    private static readonly KeyValuePair<string, bool>[] Metrics = [new("field", false), new("measurement.field", true)];
    /// <summary>What becomes of text that no reading can hold.</summary>
    internal static readonly KeyValuePair<string, bool>[] Texts = [new("keep", false), new("ignore", true)];

    private static readonly KeyValuePair<string, LinePrecision>[] Precisions =
    [
        new("ns", LinePrecision.Nanoseconds), new("us", LinePrecision.Microseconds), new("ms", LinePrecision.Milliseconds),
        new("s", LinePrecision.Seconds), new("m", LinePrecision.Minutes), new("h", LinePrecision.Hours),
    ];

    public static IPayloadForm Read(YamlMap map)
    {
        var options = ReadOptions(map);
        return new StatelessForm(maxNameBytes => new LinePayloadDecoder(options, maxNameBytes));
    }

    public static LineOptions ReadOptions(YamlMap map)
    {
        var device = NameTemplateReader.ReadList(map, "device", Resolve, Expected);
        return new LineOptions
        {
            Device = device.Count > 0 ? new DeviceNames(device) : LineOptions.Default.Device,
            NamesMeasurement = map.Choice("metric", false, Metrics),
            IgnoresText = map.Choice("text", false, Texts),
            Precision = map.Choice("precision", LinePrecision.Nanoseconds, Precisions),
        };
    }

    private static NamePart? Resolve(string variable) =>
        variable == "measurement" ? new NamePart(NameVariable.Measurement, [])
        : variable.StartsWith(Tag, StringComparison.Ordinal) && variable.Length > Tag.Length ? new NamePart(NameVariable.Tag, Encoding.UTF8.GetBytes(variable[Tag.Length..]))
        : null;
}
