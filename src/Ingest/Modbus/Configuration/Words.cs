using Fengsui.Ingest.Modbus.Codec;
using Fengsui.Ingest.Modbus.Registers;
using Fengsui.Ingest.Modbus.Serial;

namespace Fengsui.Ingest.Modbus.Configuration;

/// <summary>The words of the configuration.</summary>
internal static class Words
{
    public static IReadOnlyList<KeyValuePair<string, ModbusFunction>> Functions { get; } =
    [
        new("holding", ModbusFunction.HoldingRegisters), new("input", ModbusFunction.InputRegisters),
        new("coil", ModbusFunction.Coils), new("discrete", ModbusFunction.DiscreteInputs),
    ];

    public static IReadOnlyList<KeyValuePair<string, RegisterType>> Types { get; } =
    [
        new("int16", RegisterType.Int16), new("uint16", RegisterType.UInt16), new("int32", RegisterType.Int32), new("uint32", RegisterType.UInt32),
        new("int64", RegisterType.Int64), new("uint64", RegisterType.UInt64), new("float32", RegisterType.Float32), new("float64", RegisterType.Float64),
    ];

    public static IReadOnlyList<KeyValuePair<string, RegisterOrder>> Orders { get; } =
    [
        new("ABCD", RegisterOrder.Abcd), new("CDAB", RegisterOrder.Cdab), new("BADC", RegisterOrder.Badc), new("DCBA", RegisterOrder.Dcba),
    ];

    /// <summary>True for serial frames.</summary>
    public static IReadOnlyList<KeyValuePair<string, bool>> Framings { get; } = [new("tcp", false), new("rtu", true)];

    public static IReadOnlyList<KeyValuePair<string, SerialParity>> Parities { get; } =
    [
        new("none", SerialParity.None), new("even", SerialParity.Even), new("odd", SerialParity.Odd),
    ];

    /// <summary>True when answers are matched by them.</summary>
    public static IReadOnlyList<KeyValuePair<string, bool>> TransactionIds { get; } = [new("echoed", true), new("ignored", false)];
}
