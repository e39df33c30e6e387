using Fengsui.Ingest.Modbus.Codec;

namespace Fengsui.Ingest.Modbus.Registers;

/// <summary>One request of a register map, and the points that its answer holds, by address.</summary>
internal sealed class PlannedRead
{
    public PlannedRead(IReadOnlyList<RegisterPoint> points)
    {
        Points = [.. points];
        Address = Points[0].Address;
        Count = Points.Max(point => point.Address + point.Size) - Address;
    }

    public RegisterPoint[] Points { get; }

    public int Address { get; }

    /// <summary>Registers or bits.</summary>
    public int Count { get; }

    public ModbusFunction Function => Points[0].Function;

    public long PeriodMs => Points[0].PeriodMs;

    public ReadRequest For(byte unit) => new(unit, Function, (ushort)Address, (ushort)Count);
}
