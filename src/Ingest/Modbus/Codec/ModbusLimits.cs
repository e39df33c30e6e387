namespace Fengsui.Ingest.Modbus.Codec;

/// <summary>What the protocol itself bounds (MODBUS Application Protocol V1.1b3).</summary>
internal static class ModbusLimits
{
    /// <summary>16-bit registers in one request of function 3 or 4.</summary>
    public const int MaxRegisters = 125;

    /// <summary>Bits in one request of function 1 or 2.</summary>
    public const int MaxBits = 2_000;

    /// <summary>Addresses of one table: 0 to 65,535.</summary>
    public const int Addresses = 65_536;

    /// <summary>Function code and data.</summary>
    public const int MaxPduBytes = 253;

    /// <summary>Set in the function code of an answer that is an exception.</summary>
    public const byte ExceptionBit = 0x80;

    public static bool IsBits(ModbusFunction function) => function is ModbusFunction.Coils or ModbusFunction.DiscreteInputs;

    public static int MaxCount(ModbusFunction function) => IsBits(function) ? MaxBits : MaxRegisters;

    /// <summary>Bytes of data in the answer to a read of <paramref name="count"/> registers or bits.</summary>
    public static int DataBytes(ModbusFunction function, int count) => IsBits(function) ? (count + 7) / 8 : count * 2;
}
