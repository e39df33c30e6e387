using System.Globalization;
using System.Text;
using Fengsui.Ingest.Decoding;
using Fengsui.Ingest.Modbus.Codec;
using Fengsui.Ingest.Modbus.Registers;
using Fengsui.Rules;
using Fengsui.Rules.Binding;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Ingest.Modbus.Configuration;

/// <summary>Reads one point of a register map.</summary>
internal static class RegisterPointReader
{
    public const long MinPeriodMs = 100;
    public const long MaxPeriodMs = 24 * 3_600_000;

    private const int MaxNameBytes = 128;
    private const long DefaultRefreshMs = 30_000;
    private const long MinRefreshMs = 1_000;

    /// <summary>Null when it is not known what is to be read; every mistake is reported either way.</summary>
    public static RegisterPoint? Read(YamlMap map, PointDefaults defaults)
    {
        var metric = Metric(map);
        var function = map.Choice("function", defaults.Function, Words.Functions);
        var format = RegisterFormatReader.Read(map, function, defaults);
        var address = Address(map, format.Registers, defaults);
        var scaling = ScalingOf(map, metric);
        var invalid = Invalid(map, format);
        var period = map.DurationMs("every", defaults.PeriodMs, MinPeriodMs, MaxPeriodMs);
        double? band = map.Has("dead_band") ? map.Number("dead_band", 0, 0) : null;
        var refresh = Refresh(map, band);
        map.Finish();
        if (metric is null || address < 0)
        {
            return null;
        }

        return new RegisterPoint
        {
            Metric = metric,
            MetricName = Encoding.UTF8.GetBytes(metric),
            Function = function,
            Address = address,
            Format = format,
            Scaling = scaling,
            Invalid = invalid,
            DeadBand = band,
            PeriodMs = period,
            RefreshMs = refresh,
        };
    }

    private static string? Metric(YamlMap map)
    {
        if (map.RequiredString("metric") is not { } metric)
        {
            return null;
        }

        if (metric.Any(character => char.IsControl(character) || char.IsWhiteSpace(character)) || Encoding.UTF8.GetByteCount(metric) > MaxNameBytes)
        {
            map.Diagnostics.Error(map.SpotOf("metric"), DiagnosticCodes.MetricName, $"'{metric}' cannot name a metric", $"a name without blanks of at most {MaxNameBytes} bytes, such as temperature");
        }
        else if (PositionNames.IsPosition(metric))
        {
            map.Diagnostics.Error(map.SpotOf("metric"), DiagnosticCodes.MetricName, $"'{metric}' names a position, which no single point can be", "another name");
        }

        return metric;
    }

    /// <summary>As on the wire; -1 when there is none.</summary>
    private static int Address(YamlMap map, int size, PointDefaults defaults)
    {
        if (map.RequiredNode("address") is null)
        {
            return -1;
        }

        var last = ModbusLimits.Addresses - size;
        var address = map.Integer("address", -1, defaults.FirstAddress, last + defaults.FirstAddress);
        return address < 0 ? -1 : address - defaults.FirstAddress;
    }

    private static Scaling ScalingOf(YamlMap map, string? metric)
    {
        var scale = map.Number("scale", 1);
        var offset = map.Number("offset", 0);
        if (scale == 0)
        {
            map.Diagnostics.Error(map.SpotOf("scale"), DiagnosticCodes.OutOfRange, "'scale' is 0: every value would be the same", "a number other than 0");
        }

        if (map.Scalar("unit") is { } unit && metric is not null && Conversion(map, unit, metric) is { } conversion)
        {
            // (number × scale + offset) in the written unit, brought to the metric's own.
            return new Scaling(scale * conversion.Scale, (offset * conversion.Scale) + conversion.Offset);
        }

        return new Scaling(scale == 0 ? 1 : scale, offset);
    }

    private static (double Scale, double Offset)? Conversion(YamlMap map, YamlScalar unit, string metric)
    {
        if (!MetricUnits.IsUnit(unit.Text))
        {
            map.Diagnostics.Error(unit.Spot, DiagnosticCodes.UnknownUnit, $"unknown unit '{unit.Text}'{NearMiss.Hint(unit.Text, MetricUnits.Names)}", "one of " + string.Join(", ", MetricUnits.Names));
        }
        else if (MetricUnits.Of(metric) is not { } own)
        {
            map.Diagnostics.Error(unit.Spot, DiagnosticCodes.WrongUnit, $"metric '{metric}' has no unit of its own to bring {unit.Text} to", "no 'unit'; 'scale' and 'offset' where the values need them");
        }
        else if (!MetricUnits.TryConvert(metric, unit.Text, out var scale, out var offset))
        {
            map.Diagnostics.Error(unit.Spot, DiagnosticCodes.WrongUnit, $"{unit.Text} cannot be brought to {own}, the unit of '{metric}'", $"a unit that converts to {own}");
        }
        else
        {
            return (scale, offset);
        }

        return null;
    }

    private static double[] Invalid(YamlMap map, RegisterFormat format)
    {
        var numbers = new List<double>();
        foreach (var text in map.StringOrList("invalid"))
        {
            if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
                && ulong.TryParse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var raw))
            {
                numbers.Add(format.Field.IsNone ? format.Number(raw) : raw);
            }
            else if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            {
                numbers.Add(number);
            }
            else
            {
                map.Diagnostics.Error(map.SpotOf("invalid"), DiagnosticCodes.InvalidValue, $"'{text}' is no number", "what the register holds when there is no value, such as 0x8000 or -200");
            }
        }

        return [.. numbers];
    }

    private static long Refresh(YamlMap map, double? band)
    {
        if (map.Has("refresh") && band is null)
        {
            map.Diagnostics.Error(map.SpotOf("refresh"), DiagnosticCodes.Conflict, "'refresh' says nothing without 'dead_band': every value is written", "'dead_band' too, or neither");
        }

        return map.DurationMs("refresh", DefaultRefreshMs, MinRefreshMs);
    }
}
