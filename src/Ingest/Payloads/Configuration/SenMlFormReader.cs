using System.Text;
using Fengsui.Ingest.Payloads.Naming;
using Fengsui.Ingest.Payloads.SenMl;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Ingest.Payloads.Configuration;

/// <summary>Reads the options of SenML.</summary>
internal static class SenMlFormReader
{
    private const string Expected = "a name with {base} or {topic.NUMBER}";
    private const string DefaultMetric = "value";

    private static readonly NamePart Base = new(NameVariable.Base, []);
    private static readonly KeyValuePair<string, bool>[] Encodings = [new("json", false), new("cbor", true)];

    public static IPayloadForm Read(YamlMap map)
    {
        var device = NameTemplateReader.ReadList(map, "device", variable => variable == "base" ? Base : null, Expected);
        var options = new SenMlOptions
        {
            Device = new DeviceNames(device.Count > 0 ? device : [new NameTemplate("{base}", [Base])]),
            Names = NameMapReader.Read(map, "names"),
            Metric = Encoding.UTF8.GetBytes(map.String("metric", DefaultMetric)!),
            Units = UnitMapReader.Read(map, "units"),
            IgnoresText = map.Choice("text", false, LineFormReader.Texts),
            IsCbor = map.Choice("encoding", false, Encodings),
        };
        return new StatelessForm(maxNameBytes => options.IsCbor ? new SenMlCborDecoder(options, maxNameBytes) : new SenMlJsonDecoder(options, maxNameBytes));
    }
}
