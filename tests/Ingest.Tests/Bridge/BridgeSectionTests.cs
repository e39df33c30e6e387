using Fengsui.Ingest.Bridge;
using Fengsui.Ingest.Bridge.Configuration;
using Fengsui.Ingest.Mqtt.Codec;
using Fengsui.Ingest.Sources.Configuration;

namespace Fengsui.Ingest.Tests.Bridge;

public sealed class BridgeSectionTests
{
    [Fact]
    public void What_is_left_out_has_its_default()
    {
        var bridge = Single("bridges: [{ name: plant, server: mqtt://10.0.0.5, subscribe: [{ filter: sensors/# }] }]");

        Assert.Equal(("10.0.0.5", 1883, false, MqttVersion.V5, "fengsui-plant"), (bridge.Host, bridge.Port, bridge.IsTls, bridge.Version, bridge.ClientId));
        Assert.Equal((null, null, null), (bridge.User, bridge.PasswordFile, bridge.AlertPrefix));
        Assert.Equal(("sensors/#", 1), (bridge.Routes[0].Filter, bridge.Routes[0].Qos));
        Assert.Equal("sensors/a", bridge.Routes[0].Map("sensors/a"));
    }

    [Fact]
    public void Everything_can_be_said()
    {
        var bridge = Single("""
            bridges:
              - name: plant
                server: mqtts://broker.example:8884
                ca_file: ca.pem
                version: "3.1.1"
                client_id: gate
                user: fengsui
                password_file: secrets/plant
                session_expiry: 2d
                subscribe:
                  - { filter: plant/+/data, share: towers, qos: 2, remove_prefix: plant/, add_prefix: telemetry/ }
                publish_alerts: fengsui/alerts
            """);

        Assert.Equal(("broker.example", 8884, true, "ca.pem"), (bridge.Host, bridge.Port, bridge.IsTls, bridge.AuthorityFile));
        Assert.Equal((MqttVersion.V311, "gate", "fengsui", "secrets/plant"), (bridge.Version, bridge.ClientId, bridge.User, bridge.PasswordFile));
        Assert.Equal((TimeSpan.FromDays(2), "fengsui/alerts"), (bridge.SessionExpiry, bridge.AlertPrefix));
        Assert.Equal(("$share/towers/plant/+/data", 2), (bridge.Routes[0].Filter, bridge.Routes[0].Qos));
        Assert.Equal("telemetry/x/data", bridge.Routes[0].Map("plant/x/data"));
    }

    [Fact]
    public void Every_mistake_is_told_with_its_place()
    {
        var catalog = Read("""
            bridges:
              - { name: a, server: "http://x", subscribe: [{ filter: a/#/b }] }
              - { name: b, server: "mqtt://u:p@x", publish_alerts: "a/+" }
              - { name: c, server: "mqtt://x:99999", subscribe: [{ qos: 3, filter: a, share: x/y }] }
              - { name: d, server: "mqtt://x", password_file: p, ca_file: c, verison: 5.0 }
              - { name: d, server: "mqtt://x", publish_alerts: a }
              - { server: "mqtt://x", publish_alerts: a }
            """);

        Assert.Equal(
            string.Join("; ", (string[])[
                "2:24 invalid-value", "2:58 invalid-value", "3:24 invalid-value", "3:56 invalid-value", "4:24 invalid-value", "4:61 out-of-range",
                "4:82 invalid-value", "5:5 missing-key", "5:51 missing-key", "5:63 invalid-value", "5:66 unknown-key", "6:5 duplicate-name", "7:5 missing-key",
            ]),
            string.Join("; ", catalog.Diagnostics.Select(one => $"{one.Line}:{one.Column} {one.Code}")));
    }

    private static BridgeOptions Single(string yaml)
    {
        var catalog = Read(yaml);
        Assert.Empty(catalog.Diagnostics);
        return ((BridgeDefinition)Assert.Single(catalog.Sources)).Options;
    }

    private static SourceCatalog Read(string yaml) => SourceFileReader.Read([new SourceFile("s.yaml", yaml)], [new BridgeSection()]);
}
