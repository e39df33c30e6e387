using System.Runtime.CompilerServices;

namespace Fengsui.Devices.History.Embedded.Columns;

/// <summary>
/// Codec of 64-bit integers. All differences wrap around, so any values round-trip. A column is a mode byte, the values
/// that the mode starts from, and blocks of 64 codes: width byte, packed bits.
/// </summary>
internal static class IntegerColumn
{
    private const int Block = BitPacking.BlockSize;

    /// <summary>
    /// Appends <paramref name="values"/> (1 to <see cref="RowColumns.MaxRows"/>) in the shorter of
    /// <see cref="IntegerColumnMode.Delta"/> and <paramref name="alternative"/>, as a constant, or as runs.
    /// </summary>
    public static void Encode(ReadOnlySpan<long> values, IntegerColumnMode alternative, ByteSink sink)
    {
        var start = sink.Length;
        EncodePlain(values, alternative, sink);
        RunColumn.Shorten(values, start, sink);
    }

    /// <summary>As <see cref="Encode"/>, and never as runs.</summary>
    [SkipLocalsInit]
    public static void EncodePlain(ReadOnlySpan<long> values, IntegerColumnMode alternative, ByteSink sink)
    {
        var first = values[0];
        if (!values.ContainsAnyExcept(first))
        {
            sink.Byte((byte)IntegerColumnMode.Constant);
            sink.ZigZag(first);
            return;
        }

        Span<ulong> deltas = stackalloc ulong[values.Length - 1];
        Span<ulong> others = stackalloc ulong[values.Length];
        IntegerCodes.Deltas(values, deltas);
        if (alternative == IntegerColumnMode.Offset)
            EncodeOffsetOrDelta(values, deltas, others, sink);
        else
            EncodeDeltas(values, deltas, others[1..], sink);
    }

    /// <summary>Fills <paramref name="values"/> from a column written by <see cref="Encode"/>.</summary>
    public static void Decode(ref ByteSource source, Span<long> values)
    {
        var mode = (IntegerColumnMode)source.Byte();
        if (mode == IntegerColumnMode.Runs)
            RunColumn.Decode(ref source, values);
        else
            DecodePlain(mode, ref source, values);
    }

    /// <summary>The rest of a column that is not runs.</summary>
    public static void DecodePlain(IntegerColumnMode mode, ref ByteSource source, scoped Span<long> values)
    {
        var first = source.ZigZag();
        switch (mode)
        {
            case IntegerColumnMode.Constant:
                values.Fill(first);
                break;
            case IntegerColumnMode.Offset:
                DecodeOffsets(ref source, first, values);
                break;
            case IntegerColumnMode.Delta:
                DecodeDeltas(ref source, first, values);
                break;
            case IntegerColumnMode.DeltaOfDelta:
                DecodeDeltasOfDeltas(ref source, first, values);
                break;
            default:
                throw new InvalidDataException("unknown integer column mode");
        }
    }

    private static void EncodeOffsetOrDelta(ReadOnlySpan<long> values, ReadOnlySpan<ulong> deltas, Span<ulong> offsets, ByteSink sink)
    {
        var min = IntegerCodes.Min(values);
        IntegerCodes.Offsets(values, min, offsets);
        var isOffset = IntegerCodes.Bits(offsets) <= IntegerCodes.Bits(deltas);
        sink.Byte((byte)(isOffset ? IntegerColumnMode.Offset : IntegerColumnMode.Delta));
        sink.ZigZag(isOffset ? min : values[0]);
        WriteBlocks(isOffset ? offsets : deltas, sink);
    }

    private static void EncodeDeltas(ReadOnlySpan<long> values, ReadOnlySpan<ulong> deltas, Span<ulong> seconds, ByteSink sink)
    {
        seconds[0] = 0;
        IntegerCodes.DeltasOfDeltas(values, seconds[1..]);
        if (IntegerCodes.Bits(deltas) <= IntegerCodes.Bits(seconds))
        {
            sink.Byte((byte)IntegerColumnMode.Delta);
            sink.ZigZag(values[0]);
            WriteBlocks(deltas, sink);
            return;
        }

        sink.Byte((byte)IntegerColumnMode.DeltaOfDelta);
        sink.ZigZag(values[0]);
        sink.ZigZag(values[1] - values[0]);
        WriteBlocks(seconds, sink);
    }

    private static void WriteBlocks(ReadOnlySpan<ulong> codes, ByteSink sink)
    {
        while (!codes.IsEmpty)
        {
            var block = codes[..Math.Min(Block, codes.Length)];
            var width = IntegerCodes.Width(block);
            var bytes = BitPacking.BytesFor(block.Length, width);
            sink.Byte((byte)width);
            if (width > 0)
                BitPacking.Pack(block, width, sink.Reserve(bytes));
            sink.Advance(bytes);
            codes = codes[block.Length..];
        }
    }

    private static void DecodeOffsets(ref ByteSource source, long min, scoped Span<long> values)
    {
        Span<ulong> codes = stackalloc ulong[Block];
        for (var start = 0; start < values.Length; start += Block)
        {
            var block = values.Slice(start, Math.Min(Block, values.Length - start));
            ReadBlock(ref source, codes[..block.Length]);
            for (var i = 0; i < block.Length; i++)
                block[i] = min + (long)codes[i];
        }
    }

    private static void DecodeDeltas(ref ByteSource source, long first, scoped Span<long> values)
    {
        Span<ulong> codes = stackalloc ulong[Block];
        var previous = values[0] = first;
        for (var start = 1; start < values.Length; start += Block)
        {
            var block = values.Slice(start, Math.Min(Block, values.Length - start));
            ReadBlock(ref source, codes[..block.Length]);
            for (var i = 0; i < block.Length; i++)
                block[i] = previous += ZigZagCode.Decode(codes[i]);
        }
    }

    private static void DecodeDeltasOfDeltas(ref ByteSource source, long first, scoped Span<long> values)
    {
        Span<ulong> codes = stackalloc ulong[Block];
        var previous = values[0] = first;
        var delta = source.ZigZag();
        for (var start = 1; start < values.Length; start += Block)
        {
            var block = values.Slice(start, Math.Min(Block, values.Length - start));
            ReadBlock(ref source, codes[..block.Length]);
            for (var i = 0; i < block.Length; i++)
            {
                delta += ZigZagCode.Decode(codes[i]);
                block[i] = previous += delta;
            }
        }
    }

    private static void ReadBlock(ref ByteSource source, scoped Span<ulong> codes)
    {
        int width = source.Byte();
        if (width > 64)
            throw new InvalidDataException("a block is wider than 64 bits");
        BitPacking.Unpack(source.Bytes(BitPacking.BytesFor(codes.Length, width)), width, codes);
    }
}
