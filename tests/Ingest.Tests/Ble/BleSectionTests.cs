using Fengsui.Ingest.Ble;
using Fengsui.Ingest.Ble.Configuration;
using Fengsui.Ingest.Ble.Forms;
using Fengsui.Ingest.Sources.Configuration;

namespace Fengsui.Ingest.Tests.Ble;

public sealed class BleSectionTests
{
    [Fact]
    public void What_is_left_out_has_its_default_and_listens_nowhere()
    {
        var source = Single("ble: [{ name: locks, keys_file: secrets/ble, mqtt: [{ form: ruuvi, topics: 'ruuvi/#' }] }]");

        Assert.Null(source.Listen);
        Assert.Null(source.GatewayTemplate);
        Assert.Empty(source.Allow);
        Assert.Equal((true, "ble-{address}", 4.0), (source.TakesPlain, source.DeviceTemplate, source.DuplicateWindow.TotalSeconds));
        Assert.Equal([GatewayKind.Ruuvi], source.Topics.Select(topic => topic.Kind));
    }

    [Fact]
    public void Everything_can_be_said()
    {
        var source = Single("""
            ble:
              - name: locks
                keys_file: secrets/ble-keys
                devices:
                  - { address: 'A4:C1:38:00:00:01', device: lock-7, text: person, counters_since: '2026-05-01T08:00:00+08:00' }
                  - { address: a4c138000002, plain: refuse }
                allow: ['A4:C1:38:*', 'b0??EE*']
                device: tag-{address}
                plain: allow
                duplicate_window: 6s
                gateways: ['gate-*']
                gateway_device: gw-{gateway}
                mqtt:
                  - { form: openmqttgateway, topics: ['home/+/BTtoMQTT/#', 'home/+/SYStoMQTT'] }
                  - { form: shelly, topics: '+/events/rpc' }
                listen: '*:8885'
                token_file: secrets/ble-token
            """);

        var since = new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        Assert.Equal(
            [GatewayRig.Fact("A4C138000001", "lock-7", null, true, since), new DeviceFact(GatewayRig.Parse("A4C138000002"), null, false, false, 0)], source.Devices);
        Assert.Equal(["A4C138*", "B0??EE*"], source.Allow);
        Assert.Equal(("tag-{address}", "gw-{gateway}", 6.0, "secrets/ble-token"), (source.DeviceTemplate, source.GatewayTemplate, source.DuplicateWindow.TotalSeconds, source.TokenFile));
        Assert.Equal([GatewayKind.OpenMqttGateway, GatewayKind.OpenMqttGateway, GatewayKind.Shelly], source.Topics.Select(topic => topic.Kind));
        Assert.Equal(8885, source.Listen!.EndPoint.Port);
    }

    [Fact]
    public void Every_mistake_is_told_with_its_place()
    {
        var catalog = Read("""
            ble:
              - { name: a }
              - { name: b, listen: '*:8885', allow: ['phone'], device: tag, gateway_device: 'a/{gateway}' }
              - { name: c, token_file: t, mqtt: [{ topics: 'a/#/b' }, { form: omg, topics: a }], keys_file: k }
              - name: d
                listen: 127.0.0.1:1
                devices:
                  - { address: A4C1, device: 'a/b' }
                  - { address: A4C138000001, device: x, counters_since: yesterday }
                  - { address: 'A4:C1:38:00:00:01', device: x, plian: refuse, text: persons }
                  - { device: y }
            """);

        Assert.Equal(
            string.Join("; ", (string[])[
                "2:5 missing-key", "2:5 missing-key", "3:24 conflict", "3:41 invalid-value", "3:60 invalid-value", "3:81 invalid-value", "4:28 conflict", "4:38 missing-key",
                "4:48 invalid-value", "4:67 invalid-value", "8:20 invalid-value", "8:34 invalid-value", "9:61 invalid-value", "10:20 duplicate-name", "10:49 duplicate-name",
                "10:52 unknown-key", "10:73 invalid-value", "11:9 missing-key",
            ]),
            string.Join("; ", catalog.Diagnostics.Select(one => $"{one.Line}:{one.Column} {one.Code}")));
    }

    private static BleOptions Single(string yaml)
    {
        var catalog = Read(yaml);
        Assert.Empty(catalog.Diagnostics);
        return ((BleDefinition)Assert.Single(catalog.Sources)).Options;
    }

    private static SourceCatalog Read(string yaml) => SourceFileReader.Read([new SourceFile("s.yaml", yaml)], [new BleSection()]);
}
