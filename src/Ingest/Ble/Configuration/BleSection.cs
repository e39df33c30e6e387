using Fengsui.Ingest.Ble.Forms;
using Fengsui.Ingest.Payloads;
using Fengsui.Ingest.Sources.Configuration;
using Fengsui.Ingest.Sources.Tcp;
using Fengsui.Rules;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Ingest.Ble.Configuration;

/// <summary>Reads the section <c>ble</c> of the source files: a list of groups of gateways. docs/ble.md describes it.</summary>
internal sealed class BleSection : ISourceSection
{
    private const long MaxWindowMs = 60_000;

    private static readonly KeyValuePair<string, bool>[] PlainWords = [new("allow", true), new("refuse", false)];
    private static readonly KeyValuePair<string, GatewayKind?>[] KindWords =
    [
        new("openmqttgateway", GatewayKind.OpenMqttGateway), new("ruuvi", GatewayKind.Ruuvi), new("shelly", GatewayKind.Shelly),
    ];

    public void Read(IReadOnlyList<YamlMap> files, SourceCatalog catalog)
    {
        foreach (var file in files)
        {
            var node = file.Node(BleOptions.Protocol);
            foreach (var (map, index) in file.Maps(BleOptions.Protocol, "a ble source").Select((map, index) => (map, index)))
            {
                Read(map, ((YamlSequence)node!).Items[index], catalog);
            }
        }
    }

    private static void Read(YamlMap map, YamlNode node, SourceCatalog catalog)
    {
        var name = map.RequiredString("name");
        var listen = map.Has("listen") ? map.Listen(BleOptions.Protocol, name) : null;
        var options = new BleOptions
        {
            Name = name ?? "",
            Devices = DeviceFactReading.Read(map),
            Allow = Globs(map, "allow"),
            DeviceTemplate = Template(map, "device", BleOptions.AddressPlaceholder) ?? $"ble-{BleOptions.AddressPlaceholder}",
            TakesPlain = map.Choice("plain", true, PlainWords),
            KeysFile = map.String("keys_file"),
            DuplicateWindow = TimeSpan.FromMilliseconds(map.DurationMs("duplicate_window", 4_000, 0, MaxWindowMs)),
            Gateways = map.Has("gateways") ? map.Strings("gateways") : ["*"],
            GatewayTemplate = Template(map, "gateway_device", BleOptions.GatewayPlaceholder),
            Topics = [.. map.Maps("mqtt", "what a gateway publishes").SelectMany(Topics)],
            Listen = listen,
            TokenFile = map.String("token_file"),
        };
        CheckUse(map, options);
        map.Finish();
        if (name is not null)
        {
            catalog.Add(new BleDefinition(options) { Protocol = BleOptions.Protocol, Name = name, Spot = map.Spot, Fingerprint = CanonicalText.Of(node) });
        }
    }

    /// <summary>As they match what <see cref="Codec.BleAddress.ToString"/> writes.</summary>
    private static List<string> Globs(YamlMap map, string key)
    {
        var globs = new List<string>();
        foreach (var text in map.Strings(key))
        {
            var glob = text.ToUpperInvariant().Replace(":", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
            globs.Add(glob);
            if (glob.Length == 0 || glob.Any(character => !char.IsAsciiHexDigit(character) && character is not ('*' or '?')))
            {
                map.Diagnostics.Error(map.SpotOf(key), DiagnosticCodes.InvalidValue, $"'{text}' matches no address", "a pattern such as A4:C1:38:*");
            }
        }

        return globs;
    }

    private static string? Template(YamlMap map, string key, string placeholder)
    {
        var template = map.String(key);
        if (template is not null && (!template.Contains(placeholder, StringComparison.Ordinal) || !DeviceIdText.IsValid(template)))
        {
            map.Diagnostics.Error(
                map.SpotOf(key), DiagnosticCodes.InvalidValue, $"'{template}' does not make an id of each one", $"{placeholder} in {DeviceIdText.Expected}");
        }

        return template;
    }

    private static List<(GatewayKind Kind, TopicPattern Topic)> Topics(YamlMap map)
    {
        var topics = new List<(GatewayKind, TopicPattern)>();
        var kind = map.Choice("form", null, KindWords);
        if (kind is null && !map.Has("form"))
        {
            map.Diagnostics.Error(map.Spot, DiagnosticCodes.MissingKey, $"{map.What} needs the key 'form'", "openmqttgateway, ruuvi or shelly");
        }

        foreach (var text in map.RequiredNode("topics") is null ? [] : map.StringOrList("topics"))
        {
            if (TopicPattern.TryParse(text, out var pattern))
            {
                topics.Add((kind ?? default, pattern!));
            }
            else
            {
                map.Diagnostics.Error(map.SpotOf("topics"), DiagnosticCodes.InvalidValue, $"'{text}' is no topic filter", TopicPattern.Expected);
            }
        }

        map.Finish();
        return topics;
    }

    private static void CheckUse(YamlMap map, BleOptions options)
    {
        if (options.Topics.Count == 0 && !map.Has("listen"))
        {
            map.Diagnostics.Error(map.Spot, DiagnosticCodes.MissingKey, "nothing reports to this source", "mqtt, listen or both");
        }

        if (options is { Devices.Count: 0, Allow.Count: 0, KeysFile: null })
        {
            map.Diagnostics.Error(map.Spot, DiagnosticCodes.MissingKey, "no device may report", "devices, allow or keys_file");
        }

        if (options.Listen is { } listen && !listen.IsLoopback() && options.TokenFile is null)
        {
            map.Diagnostics.Error(
                map.SpotOf("listen"), DiagnosticCodes.Conflict, $"anybody could report to {listen.EndPoint}", "token_file beyond loopback");
        }

        if (options.TokenFile is not null && !map.Has("listen"))
        {
            map.Diagnostics.Error(map.SpotOf("token_file"), DiagnosticCodes.Conflict, "a token without 'listen' has no effect", "listen");
        }
    }
}
