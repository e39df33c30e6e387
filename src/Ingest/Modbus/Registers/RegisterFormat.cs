namespace Fengsui.Ingest.Modbus.Registers;

/// <summary>Type, order and field: what turns registers into a number.</summary>
internal readonly record struct RegisterFormat(RegisterType Type, RegisterOrder Order = RegisterOrder.Abcd, BitField Field = default)
{
    /// <summary>Registers that a value takes, or 1 bit.</summary>
    public int Registers => RegistersOf(Type);

    public bool IsFloat => Type is RegisterType.Float32 or RegisterType.Float64;

    public static int RegistersOf(RegisterType type) => type switch
    {
        RegisterType.Int32 or RegisterType.UInt32 or RegisterType.Float32 => 2,
        RegisterType.Int64 or RegisterType.UInt64 or RegisterType.Float64 => 4,
        _ => 1,
    };

    /// <summary>The bits of a value, brought into one order, in the low end.</summary>
    /// <param name="bytes">As many registers as the type takes, as on the wire.</param>
    public ulong Raw(ReadOnlySpan<byte> bytes)
    {
        var words = Registers;
        var raw = 0UL;
        for (var i = 0; i < words; i++)
        {
            var word = (Order & RegisterOrder.Cdab) != 0 ? words - 1 - i : i;
            var (high, low) = (bytes[word * 2], bytes[(word * 2) + 1]);
            raw = (raw << 16) | ((Order & RegisterOrder.Badc) != 0 ? (uint)((low << 8) | high) : (uint)((high << 8) | low));
        }

        return raw;
    }

    /// <summary>The number that the bits are. Integers beyond 2^53 lose their last digits: a reading is a double.</summary>
    public double Number(ulong raw) =>
        !Field.IsNone ? Field.Of(raw)
        : Type switch
        {
            RegisterType.Int16 => (short)raw,
            RegisterType.Int32 => (int)raw,
            RegisterType.Int64 => (long)raw,
            RegisterType.Float32 => BitConverter.UInt32BitsToSingle((uint)raw),
            RegisterType.Float64 => BitConverter.UInt64BitsToDouble(raw),
            _ => raw,
        };

    public double Read(ReadOnlySpan<byte> bytes) => Number(Raw(bytes));

    /// <summary>One bit of an answer of function 1 or 2: the first bit asked for is the lowest of the first byte.</summary>
    public static double ReadBit(ReadOnlySpan<byte> bytes, int index) => (bytes[index >> 3] >> (index & 7)) & 1;
}
