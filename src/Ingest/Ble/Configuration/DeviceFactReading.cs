using System.Globalization;
using Fengsui.Ingest.Ble.Codec;
using Fengsui.Ingest.Sources.Configuration;
using Fengsui.Rules;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Ingest.Ble.Configuration;

/// <summary>Reads <c>devices:</c> of a source.</summary>
internal static class DeviceFactReading
{
    private const string ExpectedTime = "a time with its zone, such as 2026-05-01T08:00:00+08:00";

    private static readonly KeyValuePair<string, bool?>[] PlainWords = [new("allow", true), new("refuse", false)];
    private static readonly KeyValuePair<string, bool>[] TextWords = [new("person", true), new("ignore", false)];

    public static IReadOnlyList<DeviceFact> Read(YamlMap source)
    {
        var facts = new List<DeviceFact>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var map in source.Maps("devices", "a device"))
        {
            var address = Address(map);
            var device = Device(map, names);
            var plain = map.Choice("plain", null, PlainWords);
            var isPerson = map.Choice("text", false, TextWords);
            var since = Time(map);
            map.Finish();
            if (address is { } known && facts.Any(fact => fact.Address == known))
            {
                map.Diagnostics.Error(map.SpotOf("address"), DiagnosticCodes.DuplicateName, $"{known} is listed already", "each address once");
            }
            else if (address is { } one)
            {
                facts.Add(new DeviceFact(one, device, plain, isPerson, since));
            }
        }

        return facts;
    }

    private static BleAddress? Address(YamlMap map)
    {
        if (map.RequiredString("address") is not { } text)
        {
            return null;
        }

        if (BleAddress.TryParse(text, out var address))
        {
            return address;
        }

        map.Diagnostics.Error(map.SpotOf("address"), DiagnosticCodes.InvalidValue, $"'{text}' is no Bluetooth address", BleAddress.Expected);
        return null;
    }

    private static string? Device(YamlMap map, HashSet<string> names)
    {
        var device = map.String("device");
        if (device is not null && !DeviceIdText.IsValid(device))
        {
            map.Diagnostics.Error(map.SpotOf("device"), DiagnosticCodes.InvalidValue, $"'{device}' cannot be a device", DeviceIdText.Expected);
        }
        else if (device is not null && !names.Add(device))
        {
            // Two that take turns would each undo what the other says, and break each other's counters.
            map.Diagnostics.Error(map.SpotOf("device"), DiagnosticCodes.DuplicateName, $"another address is '{device}' already", "a device of its own for each address");
        }

        return device;
    }

    private static long Time(YamlMap map)
    {
        if (map.String("counters_since") is not { } text)
        {
            return 0;
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && text.AsSpan(10).IndexOfAny("Z+-") >= 0)
        {
            return time.ToUnixTimeMilliseconds();
        }

        map.Diagnostics.Error(map.SpotOf("counters_since"), DiagnosticCodes.InvalidValue, $"'{text}' is no time", ExpectedTime);
        return 0;
    }
}
