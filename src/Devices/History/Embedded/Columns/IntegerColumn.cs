using System.Numerics;

namespace Fengsui.Devices.History.Embedded.Columns;

/// <summary>
/// Codec of 64-bit integers. All differences wrap around, so any values round-trip. A column is a mode byte, the values
/// that the mode starts from, and blocks of 64 differences: width byte, packed bits.
/// </summary>
internal static class IntegerColumn
{
    private const int Block = BitPacking.BlockSize;

    /// <summary>
    /// Appends <paramref name="values"/> (at least one) in the shorter of <see cref="IntegerColumnMode.Delta"/> and
    /// <paramref name="alternative"/>, or as a constant.
    /// </summary>
    public static void Encode(ReadOnlySpan<long> values, IntegerColumnMode alternative, ByteSink sink)
    {
        var first = values[0];
        if (!values.ContainsAnyExcept(first))
        {
            sink.Byte((byte)IntegerColumnMode.Constant);
            sink.ZigZag(first);
        }
        else if (alternative == IntegerColumnMode.Offset)
        {
            EncodeOffsetOrDelta(values, sink);
        }
        else
        {
            EncodeDeltas(values, sink);
        }
    }

    /// <summary>Fills <paramref name="values"/> from a column written by <see cref="Encode"/>.</summary>
    public static void Decode(ref ByteSource source, Span<long> values)
    {
        var mode = (IntegerColumnMode)source.Byte();
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

    private static void EncodeOffsetOrDelta(ReadOnlySpan<long> values, ByteSink sink)
    {
        var min = long.MaxValue;
        foreach (var value in values)
            min = Math.Min(min, value);
        var (offsetBits, deltaBits) = (0, 0);
        var previous = values[0];
        for (var start = 0; start < values.Length; start += Block)
        {
            var (offsets, deltas) = (0UL, 0UL);
            var block = values.Slice(start, Math.Min(Block, values.Length - start));
            foreach (var value in block)
            {
                offsets |= (ulong)(value - min);
                deltas |= ZigZagCode.Encode(value - previous);
                previous = value;
            }

            offsetBits += Width(offsets) * block.Length;
            deltaBits += Width(deltas) * block.Length;
        }

        if (offsetBits <= deltaBits)
            WriteOffsets(values, min, sink);
        else
            WriteDeltas(values, sink);
    }

    private static void EncodeDeltas(ReadOnlySpan<long> values, ByteSink sink)
    {
        var (deltaBits, secondBits) = (0, 0);
        var previous = values[0];
        var previousDelta = values[1] - values[0];
        for (var start = 1; start < values.Length; start += Block)
        {
            var (deltas, seconds) = (0UL, 0UL);
            var block = values.Slice(start, Math.Min(Block, values.Length - start));
            foreach (var value in block)
            {
                var delta = value - previous;
                deltas |= ZigZagCode.Encode(delta);
                seconds |= ZigZagCode.Encode(delta - previousDelta);
                (previous, previousDelta) = (value, delta);
            }

            deltaBits += Width(deltas) * block.Length;
            secondBits += Width(seconds) * block.Length;
        }

        if (deltaBits <= secondBits)
            WriteDeltas(values, sink);
        else
            WriteDeltasOfDeltas(values, sink);
    }

    private static void WriteOffsets(ReadOnlySpan<long> values, long min, ByteSink sink)
    {
        sink.Byte((byte)IntegerColumnMode.Offset);
        sink.ZigZag(min);
        Span<ulong> codes = stackalloc ulong[Block];
        for (var start = 0; start < values.Length; start += Block)
        {
            var block = values.Slice(start, Math.Min(Block, values.Length - start));
            for (var i = 0; i < block.Length; i++)
                codes[i] = (ulong)(block[i] - min);
            WriteBlock(codes[..block.Length], sink);
        }
    }

    private static void WriteDeltas(ReadOnlySpan<long> values, ByteSink sink)
    {
        sink.Byte((byte)IntegerColumnMode.Delta);
        sink.ZigZag(values[0]);
        Span<ulong> codes = stackalloc ulong[Block];
        var previous = values[0];
        for (var start = 1; start < values.Length; start += Block)
        {
            var block = values.Slice(start, Math.Min(Block, values.Length - start));
            for (var i = 0; i < block.Length; i++)
            {
                codes[i] = ZigZagCode.Encode(block[i] - previous);
                previous = block[i];
            }

            WriteBlock(codes[..block.Length], sink);
        }
    }

    private static void WriteDeltasOfDeltas(ReadOnlySpan<long> values, ByteSink sink)
    {
        sink.Byte((byte)IntegerColumnMode.DeltaOfDelta);
        sink.ZigZag(values[0]);
        var previous = values[0];
        var previousDelta = values[1] - values[0];
        sink.ZigZag(previousDelta);
        Span<ulong> codes = stackalloc ulong[Block];
        for (var start = 1; start < values.Length; start += Block)
        {
            var block = values.Slice(start, Math.Min(Block, values.Length - start));
            for (var i = 0; i < block.Length; i++)
            {
                var delta = block[i] - previous;
                codes[i] = ZigZagCode.Encode(delta - previousDelta);
                (previous, previousDelta) = (block[i], delta);
            }

            WriteBlock(codes[..block.Length], sink);
        }
    }

    private static void WriteBlock(ReadOnlySpan<ulong> codes, ByteSink sink)
    {
        var all = 0UL;
        foreach (var code in codes)
            all |= code;
        var width = Width(all);
        var bytes = BitPacking.BytesFor(codes.Length, width);
        sink.Byte((byte)width);
        BitPacking.Pack(codes, width, sink.Reserve(bytes));
        sink.Advance(bytes);
    }

    private static void DecodeOffsets(ref ByteSource source, long min, Span<long> values)
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

    private static void DecodeDeltas(ref ByteSource source, long first, Span<long> values)
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

    private static void DecodeDeltasOfDeltas(ref ByteSource source, long first, Span<long> values)
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

    private static int Width(ulong all) => 64 - BitOperations.LeadingZeroCount(all);
}
