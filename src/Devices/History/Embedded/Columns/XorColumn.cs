using System.Numerics;

namespace Fengsui.Devices.History.Embedded.Columns;

/// <summary>
/// Gorilla's code for doubles that are not short decimals: each value XOR the one before; a zero is one bit, a difference
/// that fits the window before reuses it, else 6 bits of leading zeros and 6 of length − 1 open a new window.
/// </summary>
internal static class XorColumn
{
    public static void Encode(ReadOnlySpan<double> values, ByteSink sink)
    {
        var bits = new BitWriter(sink);
        var previous = 0UL;
        var (leading, length) = (64, 0);
        foreach (var value in values)
        {
            var current = BitConverter.DoubleToUInt64Bits(value);
            var difference = current ^ previous;
            previous = current;
            if (difference == 0)
            {
                bits.Write(0, 1);
                continue;
            }

            var zerosBefore = BitOperations.LeadingZeroCount(difference);
            var zerosAfter = BitOperations.TrailingZeroCount(difference);
            if (zerosBefore >= leading && zerosAfter >= 64 - leading - length)
            {
                bits.Write(0b01, 2);
            }
            else
            {
                (leading, length) = (zerosBefore, 64 - zerosBefore - zerosAfter);
                bits.Write(0b11 | ((ulong)leading << 2) | ((ulong)(length - 1) << 8), 14);
            }

            bits.Write(difference >> (64 - leading - length), length);
        }

        bits.Finish();
    }

    public static void Decode(ReadOnlySpan<byte> source, Span<double> values)
    {
        var bits = new BitReader(source);
        var previous = 0UL;
        var (leading, length) = (64, 0);
        for (var i = 0; i < values.Length; i++)
        {
            if (bits.Read(1) == 1)
            {
                if (bits.Read(1) == 1)
                    (leading, length) = ((int)bits.Read(6), (int)bits.Read(6) + 1);
                if (leading + length > 64 || length == 0)
                    throw new InvalidDataException("an XOR window is out of range");
                previous ^= bits.Read(length) << (64 - leading - length);
            }

            values[i] = BitConverter.UInt64BitsToDouble(previous);
        }
    }
}
