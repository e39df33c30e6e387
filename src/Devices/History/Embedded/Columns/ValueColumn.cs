using System.Runtime.InteropServices;

namespace Fengsui.Devices.History.Embedded.Columns;

/// <summary>Codec of doubles, bit for bit. Tries the cheap and likely forms first; never longer than raw plus one byte.</summary>
internal sealed class ValueColumn
{
    private readonly DecimalColumn _decimals = new();
    private readonly ByteSink _rival = new();
    private long[] _integers = [];

    /// <summary>Appends <paramref name="values"/> (at least one).</summary>
    public void Encode(ReadOnlySpan<double> values, ByteSink sink)
    {
        var bits = MemoryMarshal.Cast<double, long>(values);
        if (!bits.ContainsAnyExcept(bits[0]))
        {
            sink.Byte((byte)ValueColumnMode.Constant);
            sink.Int64(bits[0]);
            return;
        }

        var start = sink.Length;
        sink.Byte((byte)ValueColumnMode.Decimal);
        if (_decimals.TryEncode(values, sink) && sink.Length - start <= values.Length * sizeof(double))
            return;
        sink.Truncate(start);
        EncodeOddBits(values, bits, sink);
    }

    public void Decode(ReadOnlySpan<byte> section, Span<double> values)
    {
        var source = new ByteSource(section);
        switch ((ValueColumnMode)source.Byte())
        {
            case ValueColumnMode.Constant:
                values.Fill(BitConverter.Int64BitsToDouble(source.Int64()));
                break;
            case ValueColumnMode.Decimal:
                _decimals.Decode(ref source, values);
                break;
            case ValueColumnMode.Xor:
                XorColumn.Decode(section[1..], values);
                break;
            case ValueColumnMode.Raw:
                source.Bytes(values.Length * sizeof(double)).CopyTo(MemoryMarshal.AsBytes(values));
                break;
            case ValueColumnMode.Halves:
                DecodeHalves(ref source, MemoryMarshal.Cast<double, long>(values));
                break;
            default:
                throw new InvalidDataException("unknown value column mode");
        }
    }

    private void EncodeOddBits(ReadOnlySpan<double> values, ReadOnlySpan<long> bits, ByteSink sink)
    {
        var start = sink.Length;
        sink.Byte((byte)ValueColumnMode.Halves);
        EncodeHalves(bits, sink);
        _rival.Clear();
        XorColumn.Encode(values, _rival);
        var halves = sink.Length - start - 1;
        var raw = values.Length * sizeof(double);
        if (halves <= _rival.Length && halves <= raw)
            return;
        sink.Truncate(start);
        sink.Byte((byte)(_rival.Length < raw ? ValueColumnMode.Xor : ValueColumnMode.Raw));
        sink.Bytes(_rival.Length < raw ? _rival.Written : MemoryMarshal.AsBytes(values));
    }

    private void EncodeHalves(ReadOnlySpan<long> bits, ByteSink sink)
    {
        var half = Integers(bits.Length);
        for (var i = 0; i < bits.Length; i++)
            half[i] = bits[i] >> 32;
        IntegerColumn.Encode(half, IntegerColumnMode.Offset, sink);
        for (var i = 0; i < bits.Length; i++)
            half[i] = (int)bits[i];
        IntegerColumn.Encode(half, IntegerColumnMode.Offset, sink);
    }

    private void DecodeHalves(ref ByteSource source, Span<long> bits)
    {
        var half = Integers(bits.Length);
        IntegerColumn.Decode(ref source, half);
        for (var i = 0; i < bits.Length; i++)
            bits[i] = half[i] << 32;
        IntegerColumn.Decode(ref source, half);
        for (var i = 0; i < bits.Length; i++)
            bits[i] |= (uint)half[i];
    }

    private Span<long> Integers(int count)
    {
        if (_integers.Length < count)
            _integers = new long[count];
        return _integers.AsSpan(0, count);
    }
}
