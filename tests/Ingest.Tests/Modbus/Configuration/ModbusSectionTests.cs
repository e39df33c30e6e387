using Fengsui.Ingest.Modbus;
using Fengsui.Ingest.Modbus.Codec;
using Fengsui.Ingest.Modbus.Registers;
using Fengsui.Ingest.Modbus.Serial;
using Fengsui.Ingest.Sources.Configuration;

namespace Fengsui.Ingest.Tests.Modbus.Configuration;

public sealed class ModbusSectionTests
{
    private const string Maps = """
        modbus:
          maps:
            - name: gas
              every: 100ms
              points:
                - { metric: co, address: 1, scale: 0.1 }
                - { metric: temperature, function: input, address: 4, type: float32, order: CDAB, unit: °F, every: 1s }
        """;

    [Fact]
    public void Source_is_read_with_its_units_and_maps()
    {
        var source = Read(Maps, """
            modbus:
              sources:
                - name: hall
                  host: 10.0.0.7
                  port: 1502
                  timeout: 300ms
                  retries: 3
                  max_in_flight: 4
                  device: "{map}-{source}-{unit}"
                  units:
                    - { unit: 1-3, map: gas }
                    - { unit: 9, map: gas, device: spare }
            """).Sources.OfType<ModbusDefinition>().Single();
        Assert.Equal(("modbus", "hall", "10.0.0.7", 1502), (source.Protocol, source.Name, source.Host, source.Port));
        Assert.Equal((TimeSpan.FromMilliseconds(300), 3, 4), (source.Polling.Timeout, source.Polling.Retries, source.Polling.MaxInFlight));
        Assert.Equal("1 gas-hall-1, 2 gas-hall-2, 3 gas-hall-3, 9 spare", string.Join(", ", source.Units.Select(unit => $"{unit.Id} {unit.Device}")));
        var reads = source.Units[0].Map.Reads;
        Assert.Equal([(ModbusFunction.HoldingRegisters, 1, 100L), (ModbusFunction.InputRegisters, 4, 1_000L)], reads.Select(read => (read.Function, read.Address, read.PeriodMs)));
        Assert.Equal(21.4, reads[0].Points[0].Read([0, 214], 1));
        Assert.Equal(new RegisterFormat(RegisterType.Float32, RegisterOrder.Cdab), reads[1].Points[0].Format);
        Assert.Equal(100, reads[1].Points[0].Read([0, 0, 0x43, 0x54], 4), 9);
    }

    [Fact]
    public void Addresses_may_be_counted_from_one()
    {
        var source = Read("""
            modbus:
              maps: [{ name: m, first_address: 1, points: [{ metric: a, address: 1 }, { metric: b, address: 65536 }] }]
              sources: [{ name: s, host: h, units: [{ unit: 1, map: m }] }]
            """).Sources.OfType<ModbusDefinition>().Single();
        Assert.Equal([0, 65_535], source.Units[0].Map.Reads.Select(read => read.Address));
    }

    [Fact]
    public void Number_that_stands_for_no_value_is_none()
    {
        var source = Read("""
            modbus:
              maps: [{ name: m, type: int16, points: [{ metric: a, address: 0, scale: 0.1, invalid: [0x8000, -200] }] }]
              sources: [{ name: s, host: h, units: [{ unit: 1, map: m }] }]
            """).Sources.OfType<ModbusDefinition>().Single();
        var point = source.Units[0].Map.Reads[0].Points[0];
        Assert.True(double.IsNaN(point.Read([0x80, 0x00], 0)));
        Assert.True(double.IsNaN(point.Read([0xFF, 0x38], 0)));
        Assert.Equal(-19.9, point.Read([0xFF, 0x39], 0));
    }

    [Fact]
    public void Source_that_is_not_enabled_is_checked_and_not_opened()
    {
        Assert.Empty(Read(Maps, "modbus: { sources: [{ name: s, enabled: false, host: h, units: [{ unit: 1, map: gas }] }] }").Sources);
        Assert.NotEmpty(Messages(Maps, "modbus: { sources: [{ name: s, enabled: false, host: h, units: [{ unit: 1, map: gaz }] }] }"));
    }

    [Fact]
    public void Change_of_a_map_changes_the_fingerprint_of_the_sources_that_use_it_only()
    {
        const string Sources = "modbus: { sources: [{ name: a, host: h, units: [{ unit: 1, map: m }] }, { name: b, host: h, units: [{ unit: 1, map: n }] }] }";
        var before = Fingerprints("modbus: { maps: [{ name: m, points: [{ metric: x, address: 0 }] }, { name: n, points: [{ metric: x, address: 0 }] }] }");
        var after = Fingerprints("modbus: { maps: [{ name: m, points: [{ metric: x, address: 1 }] }, { name: n, points: [{ metric: x, address: 0 }] }] }  # as before");
        Assert.NotEqual(before[0], after[0]);
        Assert.Equal(before[1], after[1]);

        static List<string> Fingerprints(string maps) => [.. Read(maps, Sources).Sources.Select(source => source.Fingerprint)];
    }

    [Fact]
    public void Every_mistake_is_told_at_once_with_its_place() => Assert.Equal(
        """
        f0:4:14: error invalid-value: 'every' is '100' without a unit; did you mean '100s'? (expected a duration such as 100ms, 30s, 5m, 1h30m or 2d)
        f0:6:11: error missing-key: a point needs the key 'address'
        f0:7:35: error out-of-range: 'address' is '65536' (expected a whole number from 0 to 65535)
        f0:8:42: error invalid-value: 'type' is 'int61'; did you mean 'int16'? (expected one of int16, uint16, int32, uint32, int64, uint64, float32, float64)
        f0:9:47: error conflict: 'order' has no meaning here: coils and discrete inputs are single bits (expected no 'order')
        f0:10:56: error conflict: 'bit' has no meaning here: only an integer has bits (expected no 'bit')
        f0:11:42: error invalid-value: 'bits' is '7-16' (expected the lowest and the highest bit, such as 4-7, from 0 to 15)
        f0:12:43: error wrong-unit: °C cannot be brought to ppm, the unit of 'co' (expected a unit that converts to ppm)
        f0:13:45: error conflict: 'refresh' says nothing without 'dead_band': every value is written (expected 'dead_band' too, or neither)
        f0:14:21: error duplicate-name: metric 'a' is read already in this map (expected another metric)
        f0:15:21: error metric-name: 'position' names a position, which no single point can be (expected another name)
        """.ReplaceLineEndings("\n"),
        string.Join('\n', Messages("""
            modbus:
              maps:
                - name: m
                  every: 100
                  points:
                    - { metric: a }
                    - { metric: far, address: 65536 }
                    - { metric: b, address: 0, type: int61 }
                    - { metric: c, function: coil, order: DCBA, address: 0 }
                    - { metric: d, address: 0, type: float32, bit: 3 }
                    - { metric: e, address: 0, bits: 7-16 }
                    - { metric: co, address: 0, unit: °C }
                    - { metric: f, address: 0, refresh: 5s }
                    - { metric: a, address: 0 }
                    - { metric: position, address: 0 }
            """)));

    [Fact]
    public void Mistakes_of_sources_are_told_at_once_too()
    {
        var messages = Messages(Maps, """
            modbus:
              sources:
                - { name: a/b, host: h, units: [{ unit: 1, map: gaz }] }
                - { name: s, framing: rtu, max_in_flight: 4, host: h, units: [{ unit: 0-256, map: gas }] }
                - { name: t, units: [{ unit: 1, map: gas, device: x }, { unit: 1, map: gas }, { unit: 2, map: gas, device: x }] }
                - { name: u, host: h, hots: h, backoff: 10s, max_backoff: 1s, units: [] }
            """);
        Assert.Equal(
            [
                "f1:3:15: invalid-value", "f1:3:53: unknown-name", "f1:4:47: conflict", "f1:4:75: invalid-value", "f1:5:7: missing-key", "f1:5:68: duplicate-name",
                "f1:5:112: duplicate-name", "f1:6:27: unknown-key", "f1:6:63: out-of-range", "f1:6:74: invalid-value",
            ],
            messages.Select(message => string.Join(' ', message.Split(' ')[0], message.Split(' ')[2].TrimEnd(':'))));
    }

    [Fact]
    public void Serial_port_takes_the_place_of_an_address_and_keeps_the_silence_of_its_rate()
    {
        var sources = Read(Maps, """
            modbus:
              sources:
                - { name: a, serial: { path: /dev/ttyS0, baud: 9600 }, units: [{ unit: 1, map: gas }] }
                - { name: b, serial: { path: /dev/ttyS1, baud: 115200, parity: none }, pause: 10ms, units: [{ unit: 1, map: gas }] }
            """).Sources.OfType<ModbusDefinition>().ToList();
        Assert.Equal(("/dev/ttyS0", SerialParity.Even, 1, true), (sources[0].Peer, sources[0].Serial!.Parity, sources[0].Serial!.StopBits, sources[0].IsSerial));
        Assert.Equal(4.01, sources[0].Polling.Pause.TotalMilliseconds, 2);
        Assert.Equal((SerialParity.None, 2, 10), (sources[1].Serial!.Parity, sources[1].Serial!.StopBits, sources[1].Polling.Pause.TotalMilliseconds));
        Assert.Equal(1.75, new SerialPortOptions("/dev/ttyS0", 115_200, SerialParity.Even, 1).Silence.TotalMilliseconds);
        Assert.Equal(
            ["f1:3:72: conflict", "f1:3:81: conflict", "f1:4:26: duplicate-name", "f1:4:52: invalid-value"],
            Messages(Maps, """
                modbus:
                  sources:
                    - { name: a, serial: { path: /dev/ttyS0 }, max_in_flight: 1, host: h, port: 2, units: [{ unit: 1, map: gas }] }
                    - { name: b, serial: { path: /dev/ttyS0, baud: 9601 }, units: [{ unit: 1, map: gas }] }
                """).Select(message => string.Join(' ', message.Split(' ')[0], message.Split(' ')[2].TrimEnd(':'))));
    }

    [Fact]
    public void Two_sources_may_not_have_one_name() =>
        Assert.Contains("is declared already", Assert.Single(Messages(Maps, "modbus: { sources: [{ name: s, host: h, units: [{ unit: 1, map: gas }] }, { name: s, host: h, units: [{ unit: 2, map: gas }] }] }")), StringComparison.Ordinal);

    private static SourceCatalog Read(params string[] texts)
    {
        var catalog = SourceFileReader.Read([.. texts.Select((text, index) => new SourceFile($"f{index}", text))]);
        Assert.Empty(catalog.Diagnostics.Select(diagnostic => diagnostic.ToString()));
        return catalog;
    }

    private static List<string> Messages(params string[] texts) =>
        [.. SourceFileReader.Read([.. texts.Select((text, index) => new SourceFile($"f{index}", text))]).Diagnostics.Select(diagnostic => diagnostic.ToString())];
}
