using System.Globalization;
using Fengsui.Ingest.Modbus.Codec;
using Fengsui.Ingest.Modbus.Registers;
using Fengsui.Rules;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Ingest.Modbus.Configuration;

/// <summary>Reads type, order and bit field of a point.</summary>
internal static class RegisterFormatReader
{
    public static RegisterFormat Read(YamlMap map, ModbusFunction function, PointDefaults defaults)
    {
        if (ModbusLimits.IsBits(function))
        {
            foreach (var key in (ReadOnlySpan<string>)["type", "order", "bit", "bits"])
            {
                Forbid(map, key, "coils and discrete inputs are single bits");
            }

            return new RegisterFormat(RegisterType.Bit);
        }

        var type = map.Choice("type", defaults.Type, Words.Types);
        var order = map.Choice("order", defaults.Order, Words.Orders);
        var registers = RegisterFormat.RegistersOf(type);
        if (registers > defaults.MaxRegisters)
        {
            map.Diagnostics.Error(map.SpotOf("type"), DiagnosticCodes.OutOfRange, $"a value takes {registers} registers", $"at most {defaults.MaxRegisters}, by 'max_registers'");
        }

        return new RegisterFormat(type, order, Field(map, type));
    }

    private static BitField Field(YamlMap map, RegisterType type)
    {
        var width = RegisterFormat.RegistersOf(type) * 16;
        if (new RegisterFormat(type).IsFloat)
        {
            Forbid(map, "bit", "only an integer has bits");
            Forbid(map, "bits", "only an integer has bits");
            return default;
        }

        if (map.Has("bit") && map.Has("bits"))
        {
            map.Diagnostics.Error(map.SpotOf("bits"), DiagnosticCodes.Conflict, "'bit' and 'bits' are both given", "one of them");
        }

        return map.Has("bit") ? new BitField((byte)map.Integer("bit", 0, 0, width - 1), 1) : Range(map, width);
    }

    private static BitField Range(YamlMap map, int width)
    {
        if (map.Scalar("bits") is not { } scalar)
        {
            return default;
        }

        var dash = scalar.Text.IndexOf('-', StringComparison.Ordinal);
        if (dash > 0
            && byte.TryParse(scalar.Text.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && byte.TryParse(scalar.Text.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            && first <= last && last < width)
        {
            return new BitField(first, (byte)(last - first + 1));
        }

        map.Diagnostics.Error(scalar.Spot, DiagnosticCodes.InvalidValue, $"'bits' is {scalar.Kind}", $"the lowest and the highest bit, such as 4-7, from 0 to {width - 1}");
        return default;
    }

    private static void Forbid(YamlMap map, string key, string why)
    {
        if (map.Has(key))
        {
            map.Diagnostics.Error(map.SpotOf(key), DiagnosticCodes.Conflict, $"'{key}' has no meaning here: {why}", $"no '{key}'");
        }
    }
}
