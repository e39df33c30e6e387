using Fengsui.Ingest.Modbus.Codec;
using Fengsui.Ingest.Modbus.Registers;
using Fengsui.Rules;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Ingest.Modbus.Configuration;

/// <summary>Reads one register map, and plans the requests that read it.</summary>
internal static class RegisterMapReader
{
    /// <summary>Points of one map.</summary>
    public const int MaxPoints = 2_000;

    private const int DefaultMaxGap = 8;
    private const long DefaultPeriodMs = 1_000;

    public static RegisterMap Read(string name, YamlMap map)
    {
        var defaults = new PointDefaults(
            map.Choice("function", ModbusFunction.HoldingRegisters, Words.Functions),
            map.Choice("type", RegisterType.UInt16, Words.Types),
            map.Choice("order", RegisterOrder.Abcd, Words.Orders),
            map.DurationMs("every", DefaultPeriodMs, RegisterPointReader.MinPeriodMs, RegisterPointReader.MaxPeriodMs),
            map.Integer("first_address", 0, 0, 1),
            map.Integer("max_registers", ModbusLimits.MaxRegisters, 1, ModbusLimits.MaxRegisters));
        var maxGap = map.Integer("max_gap", DefaultMaxGap, 0, ModbusLimits.MaxRegisters);
        var points = ReadPoints(map, defaults);
        map.Finish();
        return new RegisterMap(name, RequestPlanner.Plan(points, maxGap, defaults.MaxRegisters));
    }

    private static List<RegisterPoint> ReadPoints(YamlMap map, PointDefaults defaults)
    {
        var points = new List<RegisterPoint>();
        var metrics = new HashSet<string>(StringComparer.Ordinal);
        var written = map.RequiredMaps("points", "a point");
        if (written.Count > MaxPoints)
        {
            map.Diagnostics.Error(map.SpotOf("points"), DiagnosticCodes.OutOfRange, $"the register map has {written.Count} points", $"at most {MaxPoints}");
        }

        foreach (var point in written)
        {
            if (RegisterPointReader.Read(point, defaults) is { } read)
            {
                points.Add(read);
            }

            if (point.Node("metric") is YamlScalar metric && !metrics.Add(metric.Text))
            {
                map.Diagnostics.Error(metric.Spot, DiagnosticCodes.DuplicateName, $"metric '{metric.Text}' is read already in this map", "another metric");
            }
        }

        return points;
    }
}
