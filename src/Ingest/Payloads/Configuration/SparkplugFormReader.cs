using Fengsui.Ingest.Payloads.Naming;
using Fengsui.Ingest.Payloads.Sparkplug;
using Fengsui.Rules;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Ingest.Payloads.Configuration;

/// <summary>Reads the options of Sparkplug.</summary>
internal static class SparkplugFormReader
{
    private const string Expected = "a name with {group}, {edge}, {device} or {topic.NUMBER}";
    private const long LongestRebirthMs = 3_600_000;
    private const int LargestMaxNodes = 1_000_000;
    private const int LargestMaxDeclared = 100_000_000;

    private static readonly NamePart Dot = new(NameVariable.Literal, "."u8.ToArray());
    private static readonly NamePart Group = new(NameVariable.Group, []);
    private static readonly NamePart Edge = new(NameVariable.Edge, []);
    private static readonly NamePart Device = new(NameVariable.Device, []);

    public static IPayloadForm Read(YamlMap map)
    {
        var node = NameTemplateReader.ReadList(map, "node", variable => variable == "device" ? null : Resolve(variable), "a name with {group}, {edge} or {topic.NUMBER}");
        var device = NameTemplateReader.ReadList(map, "device", Resolve, Expected);
        var host = map.String("host", "")!;
        if (host.AsSpan().IndexOfAny("/+#") >= 0)
        {
            map.Diagnostics.Error(map.SpotOf("host"), DiagnosticCodes.InvalidValue, $"'{host}' cannot be a level of a topic", "a host id without / + #");
        }

        return new SparkplugForm(new SparkplugOptions
        {
            Node = new DeviceNames(node.Count > 0 ? node : [new NameTemplate("{group}.{edge}", [Group, Dot, Edge])]),
            Device = new DeviceNames(device.Count > 0 ? device : [new NameTemplate("{group}.{edge}.{device}", [Group, Dot, Edge, Dot, Device])]),
            Names = NameMapReader.Read(map, "names"),
            IgnoresText = map.Choice("text", false, LineFormReader.Texts),
            RebirthIntervalMs = map.DurationMs("rebirth_interval", SparkplugOptions.DefaultRebirthMs, 1, LongestRebirthMs),
            MaxNodes = map.Integer("max_nodes", SparkplugOptions.DefaultMaxNodes, 1, LargestMaxNodes),
            MaxDeclared = map.Integer("max_names", SparkplugOptions.DefaultMaxDeclared, 1, LargestMaxDeclared),
            Host = host,
        });
    }

    private static NamePart? Resolve(string variable) => variable switch
    {
        "group" => Group,
        "edge" => Edge,
        "device" => Device,
        _ => null,
    };
}
