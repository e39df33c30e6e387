using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fengsui.Devices.History.Embedded.Columns;

/// <summary>Unsigned integers of one width (0 to 64 bits), packed from the lowest bit up, padded to a whole byte.</summary>
internal static class BitPacking
{
    /// <summary>Values in one block, which has one width: small enough that one outlier costs little.</summary>
    public const int BlockSize = 64;

    public static int BytesFor(int count, int width) => ((count * width) + 7) >> 3;

    /// <summary><paramref name="target"/> must have eight bytes more than <see cref="BytesFor"/>; the width is not zero.</summary>
    public static void Pack(ReadOnlySpan<ulong> values, int width, Span<byte> target)
    {
        if (target.Length < BytesFor(values.Length, width) + 8)
            throw new ArgumentException("the target has no room for whole words", nameof(target));
        ref var first = ref MemoryMarshal.GetReference(target);
        var pending = 0UL;
        var filled = 0;
        nuint offset = 0;
        foreach (var value in values)
        {
            pending |= value << filled;
            filled += width;
            if (filled < 64)
                continue;
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref first, offset), pending);
            offset += 8;
            filled -= 64;
            pending = filled == 0 ? 0 : value >> (width - filled);
        }

        Unsafe.WriteUnaligned(ref Unsafe.Add(ref first, offset), pending);
    }

    /// <summary><paramref name="source"/> must hold exactly the packed bytes.</summary>
    [SkipLocalsInit]
    public static void Unpack(ReadOnlySpan<byte> source, int width, Span<ulong> values)
    {
        if (width == 0)
        {
            values.Clear();
            return;
        }

        Span<byte> padded = stackalloc byte[(BlockSize * 8) + 16];
        source.CopyTo(padded);
        ref var first = ref MemoryMarshal.GetReference(padded);
        // What the padding holds never reaches a value: the mask and the length see to that.
        var mask = ulong.MaxValue >> (64 - width);
        var bit = 0;
        for (var i = 0; i < values.Length; i++, bit += width)
            values[i] = Load(ref first, bit, width) & mask;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Load(ref byte first, int bit, int width)
    {
        ref var at = ref Unsafe.Add(ref first, bit >> 3);
        var shift = bit & 7;
        var low = Unsafe.ReadUnaligned<ulong>(ref at) >> shift;
        return shift + width <= 64 ? low : low | ((ulong)Unsafe.Add(ref at, 8) << (64 - shift));
    }
}
