using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Fengsui.Devices.History.Embedded.Columns;

/// <summary>The differences that an integer column may be written as, four at a time. Arithmetic wraps around.</summary>
internal static class IntegerCodes
{
    private const int Lanes = 4;

    /// <summary>Zig-zag of each value minus the one before it; one fewer than the values.</summary>
    public static void Deltas(ReadOnlySpan<long> values, Span<ulong> codes)
    {
        var count = values.Length - 1;
        ref var first = ref MemoryMarshal.GetReference(values);
        ref var target = ref MemoryMarshal.GetReference(codes);
        var i = 0;
        for (; i + Lanes <= count; i += Lanes)
        {
            var delta = Vector256.LoadUnsafe(ref first, (nuint)i + 1) - Vector256.LoadUnsafe(ref first, (nuint)i);
            ZigZag(delta).StoreUnsafe(ref target, (nuint)i);
        }

        for (; i < count; i++)
            codes[i] = ZigZagCode.Encode(values[i + 1] - values[i]);
    }

    /// <summary>Zig-zag of each difference minus the one before it; two fewer than the values.</summary>
    public static void DeltasOfDeltas(ReadOnlySpan<long> values, Span<ulong> codes)
    {
        var count = values.Length - 2;
        ref var first = ref MemoryMarshal.GetReference(values);
        ref var target = ref MemoryMarshal.GetReference(codes);
        var i = 0;
        for (; i + Lanes <= count; i += Lanes)
        {
            var middle = Vector256.LoadUnsafe(ref first, (nuint)i + 1);
            var second = Vector256.LoadUnsafe(ref first, (nuint)i + 2) - middle - (middle - Vector256.LoadUnsafe(ref first, (nuint)i));
            ZigZag(second).StoreUnsafe(ref target, (nuint)i);
        }

        for (; i < count; i++)
            codes[i] = ZigZagCode.Encode(values[i + 2] - values[i + 1] - (values[i + 1] - values[i]));
    }

    public static void Offsets(ReadOnlySpan<long> values, long min, Span<ulong> codes)
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        ref var target = ref MemoryMarshal.GetReference(codes);
        var origin = Vector256.Create(min);
        var i = 0;
        for (; i + Lanes <= values.Length; i += Lanes)
            (Vector256.LoadUnsafe(ref first, (nuint)i) - origin).AsUInt64().StoreUnsafe(ref target, (nuint)i);
        for (; i < values.Length; i++)
            codes[i] = (ulong)(values[i] - min);
    }

    public static long Min(ReadOnlySpan<long> values)
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        var mins = Vector256.Create(long.MaxValue);
        var i = 0;
        for (; i + Lanes <= values.Length; i += Lanes)
            mins = Vector256.Min(mins, Vector256.LoadUnsafe(ref first, (nuint)i));
        var min = Math.Min(Math.Min(mins[0], mins[1]), Math.Min(mins[2], mins[3]));
        for (; i < values.Length; i++)
            min = Math.Min(min, values[i]);
        return min;
    }

    /// <summary>Bits of the widest code.</summary>
    public static int Width(ReadOnlySpan<ulong> codes)
    {
        ref var first = ref MemoryMarshal.GetReference(codes);
        var all = Vector256<ulong>.Zero;
        var i = 0;
        for (; i + Lanes <= codes.Length; i += Lanes)
            all |= Vector256.LoadUnsafe(ref first, (nuint)i);
        var bits = all[0] | all[1] | all[2] | all[3];
        for (; i < codes.Length; i++)
            bits |= codes[i];
        return 64 - BitOperations.LeadingZeroCount(bits);
    }

    /// <summary>Bits of all codes when they are packed in blocks.</summary>
    public static int Bits(ReadOnlySpan<ulong> codes)
    {
        var bits = 0;
        for (; codes.Length > BitPacking.BlockSize; codes = codes[BitPacking.BlockSize..])
            bits += Width(codes[..BitPacking.BlockSize]) * BitPacking.BlockSize;
        return bits + (Width(codes) * codes.Length);
    }

    private static Vector256<ulong> ZigZag(Vector256<long> value) =>
        ((value + value) ^ Vector256.LessThan(value, Vector256<long>.Zero)).AsUInt64();
}
