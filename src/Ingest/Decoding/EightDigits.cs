using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Fengsui.Ingest.Decoding;

/// <summary>Reads eight decimal digits at once: three multiplications in place of eight, each waiting for the one before.</summary>
internal static class EightDigits
{
    public const int Count = 8;

    /// <summary>False when the next eight bytes are not all digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<byte> text, int at, out uint value)
    {
        value = 0;
        if (text.Length - at < Count)
        {
            return false;
        }

        // '0'..'9' are 0x30..0x39: the upper half is 3, and still is when 6 is added.
        var word = BinaryPrimitives.ReadUInt64LittleEndian(text[at..]);
        var upper = word & 0xF0F0_F0F0_F0F0_F0F0;
        var carried = (word + 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0;
        if (upper != 0x3030_3030_3030_3030 || carried != upper)
        {
            return false;
        }

        // The first digit is the lowest byte. Pairs, then fours, then all eight.
        word -= 0x3030_3030_3030_3030;
        word = ((word * 10) + (word >> 8)) & 0x00FF_00FF_00FF_00FF;
        word = ((word * 100) + (word >> 16)) & 0x0000_FFFF_0000_FFFF;
        value = (uint)((word * 10_000) + (word >> 32));
        return true;
    }
}
