namespace Fengsui.Ingest.Payloads.Sparkplug;

/// <summary>A value as it came.</summary>
/// <param name="Kind">Says which of the others counts.</param>
/// <param name="Bits">Of an integer or a boolean.</param>
/// <param name="Number">A float widened, or a double.</param>
internal readonly record struct SparkplugValue(SparkplugValueKind Kind, ulong Bits, double Number)
{
    /// <summary>The number that a value of this type is. False when the type says too little, or that it is none.</summary>
    public bool TryNumber(SparkplugType type, out double number)
    {
        number = Kind switch
        {
            SparkplugValueKind.Boolean => Bits != 0 ? 1 : 0,
            SparkplugValueKind.Integer => FromBits(type),
            _ => Number,
        };
        return Kind is SparkplugValueKind.Boolean or SparkplugValueKind.Number
            || (Kind == SparkplugValueKind.Integer && type is >= SparkplugType.Int8 and <= SparkplugType.UInt64 or SparkplugType.Boolean or SparkplugType.DateTime);
    }

    /// <summary>Signed numbers come in two's complement, some senders widen the sign and some do not.</summary>
    private double FromBits(SparkplugType type) => type switch
    {
        SparkplugType.Int8 => unchecked((sbyte)Bits),
        SparkplugType.Int16 => unchecked((short)Bits),
        SparkplugType.Int32 => unchecked((int)Bits),
        SparkplugType.Int64 => unchecked((long)Bits),
        SparkplugType.Boolean => Bits != 0 ? 1 : 0,
        _ => Bits,
    };
}
