using System.Text;
using Fengsui.Ingest.Modbus.Codec;
using Fengsui.Ingest.Modbus.Registers;

namespace Fengsui.Ingest.Tests.Modbus.Registers;

/// <summary>Makes points without a file.</summary>
internal static class Points
{
    public static RegisterPoint At(
        int address,
        RegisterType type = RegisterType.UInt16,
        ModbusFunction function = ModbusFunction.HoldingRegisters,
        long periodMs = 1_000,
        string? metric = null,
        double? deadBand = null)
    {
        var name = metric ?? $"m{address}";
        return new RegisterPoint
        {
            Metric = name,
            MetricName = Encoding.UTF8.GetBytes(name),
            Function = function,
            Address = address,
            Format = new RegisterFormat(ModbusLimits.IsBits(function) ? RegisterType.Bit : type),
            PeriodMs = periodMs,
            DeadBand = deadBand,
            RefreshMs = 30_000,
        };
    }

    public static RegisterMap Map(params RegisterPoint[] points) => new("map", RequestPlanner.Plan(points, 8, ModbusLimits.MaxRegisters));
}
