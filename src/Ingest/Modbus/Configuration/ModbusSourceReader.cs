using Fengsui.Ingest.Modbus.Polling;
using Fengsui.Ingest.Modbus.Serial;
using Fengsui.Ingest.Sources.Configuration;
using Fengsui.Rules;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Ingest.Modbus.Configuration;

/// <summary>Reads the sources: where to connect, how to poll, and which units there are.</summary>
internal sealed class ModbusSourceReader(Dictionary<string, NamedMap> maps, SourceCatalog catalog)
{
    /// <summary>What the messaging guide calls the most transactions of a client is 16; gateways with more exist.</summary>
    private const int MaxInFlight = 64;

    private const int DefaultPort = 502;

    private readonly UnitReader _units = new(maps);
    private readonly HashSet<string> _serialPorts = new(StringComparer.Ordinal);

    public void Read(YamlNode node, YamlMap map)
    {
        var name = Name(map);
        var isEnabled = map.Boolean("enabled", true);
        var serial = SerialPortReader.Read(map);
        if (serial is not null && !_serialPorts.Add(serial.Path))
        {
            map.Diagnostics.Error(map.SpotOf("serial"), DiagnosticCodes.DuplicateName, $"serial port '{serial.Path}' is polled by another source already", "one source for each port");
        }

        var host = serial is null && !map.Has("serial") ? map.RequiredString("host") : "";
        var port = map.Integer("port", DefaultPort, 1, ushort.MaxValue);
        var isSerial = map.Choice("framing", false, Words.Framings) || serial is not null;
        var connectTimeout = map.DurationMs("connect_timeout", 5_000, 100, 60_000);
        var polling = Polling(map, isSerial, serial);
        var units = _units.Read(name ?? "", map, isSerial, out var used);
        map.Finish();
        if (name is null || host is null || !isEnabled || map.Diagnostics.HasErrors)
        {
            return;
        }

        catalog.Add(new ModbusDefinition
        {
            Protocol = ModbusDefinition.ProtocolName,
            Name = name,
            Spot = map.Spot,
            Fingerprint = CanonicalText.Of(node) + string.Concat(used.Distinct().Select(one => one.Text)),
            Host = host,
            Port = port,
            IsSerial = isSerial,
            Serial = serial,
            ConnectTimeout = TimeSpan.FromMilliseconds(connectTimeout),
            Polling = polling,
            Units = units,
        });
    }

    private static string? Name(YamlMap map)
    {
        var name = map.RequiredString("name");
        if (name is not null && name.Any(character => char.IsControl(character) || character is '/' or '+' or '#'))
        {
            map.Diagnostics.Error(map.SpotOf("name"), DiagnosticCodes.InvalidValue, $"'{name}' cannot name a source", "a name without / + # and control characters");
        }

        return name;
    }

    private static PollOptions Polling(YamlMap map, bool isSerial, SerialPortOptions? serial)
    {
        var defaults = new PollOptions();
        var matches = map.Choice("transaction_ids", true, Words.TransactionIds);
        var inFlight = map.Integer("max_in_flight", defaults.MaxInFlight, 1, MaxInFlight);
        var timeout = Time(map, "timeout", defaults.Timeout, 10, 60_000);
        var backoff = Time(map, "backoff", defaults.Backoff, 100, 3_600_000);
        var maxBackoff = Time(map, "max_backoff", backoff > defaults.MaxBackoff ? backoff : defaults.MaxBackoff, 100, 3_600_000);
        if (isSerial && map.Has("transaction_ids"))
        {
            map.Diagnostics.Error(map.SpotOf("transaction_ids"), DiagnosticCodes.Conflict, "serial frames have no transaction ids", "no 'transaction_ids', or 'framing: tcp'");
        }

        if (inFlight > 1 && (isSerial || !matches))
        {
            map.Diagnostics.Error(map.SpotOf("max_in_flight"), DiagnosticCodes.Conflict, $"{inFlight} requests in flight need answers that name their request", "1 with serial frames and with 'transaction_ids: ignored'");
        }

        var pause = Time(map, "pause", TimeSpan.Zero, 0, 60_000);
        if (map.Has("pause") && inFlight > 1)
        {
            map.Diagnostics.Error(map.SpotOf("pause"), DiagnosticCodes.Conflict, $"there is no pause with {inFlight} requests in flight", "'max_in_flight: 1', or no 'pause'");
        }

        if (maxBackoff < backoff)
        {
            map.Diagnostics.Error(map.SpotOf("max_backoff"), DiagnosticCodes.OutOfRange, "'max_backoff' is less than 'backoff'", "at least as much");
        }

        return new PollOptions
        {
            MaxInFlight = inFlight,
            MatchesTransactions = matches,
            Timeout = timeout,
            Retries = map.Integer("retries", defaults.Retries, 0, 10),
            Pause = serial is not null && pause < serial.Silence ? serial.Silence : pause,
            BusyDelay = Time(map, "busy_delay", defaults.BusyDelay, 1, 60_000),
            Backoff = backoff,
            MaxBackoff = maxBackoff,
        };
    }

    private static TimeSpan Time(YamlMap map, string key, TimeSpan fallback, long minMs, long maxMs) =>
        TimeSpan.FromMilliseconds(map.DurationMs(key, (long)fallback.TotalMilliseconds, minMs, maxMs));
}
