using Fengsui.Ingest.Modbus.Codec;

namespace Fengsui.Ingest.Modbus.Registers;

/// <summary>One value of a register map: where it stands, what it means, how often it is read.</summary>
internal sealed class RegisterPoint
{
    public required string Metric { get; init; }

    /// <summary><see cref="Metric"/> in UTF-8.</summary>
    public required byte[] MetricName { get; init; }

    public required ModbusFunction Function { get; init; }

    /// <summary>As on the wire, from 0.</summary>
    public required int Address { get; init; }

    public required RegisterFormat Format { get; init; }

    public Scaling Scaling { get; init; } = new(1, 0);

    /// <summary>Numbers in the register, before scaling, by which the device says that it has no value.</summary>
    public double[] Invalid { get; init; } = [];

    /// <summary>A change of at most so much, in the metric's unit, is not written; null writes every value that is read.</summary>
    public double? DeadBand { get; init; }

    public required long PeriodMs { get; init; }

    /// <summary>A value within its dead band is written this often all the same.</summary>
    public long RefreshMs { get; init; }

    /// <summary>Registers, or bits, that it takes.</summary>
    public int Size => Format.Registers;

    /// <summary>Its value in an answer; NaN when the device says that it has none.</summary>
    /// <param name="data">Of a read that begins at <paramref name="first"/>.</param>
    /// <param name="first">Address.</param>
    public double Read(ReadOnlySpan<byte> data, int first)
    {
        var at = Address - first;
        if (Format.Type == RegisterType.Bit)
        {
            return Scaling.Apply(RegisterFormat.ReadBit(data, at));
        }

        var number = Format.Read(data.Slice(at * 2, Size * 2));
        return Array.IndexOf(Invalid, number) >= 0 ? double.NaN : Scaling.Apply(number);
    }
}
