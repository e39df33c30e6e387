using Fengsui.Ingest.Modbus.Serial;
using Fengsui.Rules;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Ingest.Modbus.Configuration;

/// <summary>Reads <c>serial:</c> of a source: a port of this machine in place of an address.</summary>
internal static class SerialPortReader
{
    /// <summary>Null when there is none, or it is not known which.</summary>
    public static SerialPortOptions? Read(YamlMap source)
    {
        if (source.Map("serial", "a serial port") is not { } map)
        {
            return null;
        }

        foreach (var key in (ReadOnlySpan<string>)["host", "port", "framing", "connect_timeout"])
        {
            if (source.Has(key))
            {
                source.Diagnostics.Error(source.SpotOf(key), DiagnosticCodes.Conflict, $"'{key}' says nothing with a serial port", $"'serial' or '{key}'");
            }
        }

        var path = map.RequiredString("path");
        var baud = map.Choice("baud", SerialPortOptions.DefaultBaud, [.. SerialPortOptions.BaudRates.Keys.Select(rate => new KeyValuePair<string, int>(rate.ToString(System.Globalization.CultureInfo.InvariantCulture), rate))]);
        var parity = map.Choice("parity", SerialParity.Even, Words.Parities);
        var stopBits = map.Integer("stop_bits", parity == SerialParity.None ? 2 : 1, 1, 2);
        map.Finish();
        return path is null ? null : new SerialPortOptions(path, baud, parity, stopBits);
    }
}
