namespace Fengsui.Devices.History.Embedded.Columns;

/// <summary>
/// Doubles as scaled integers: exponent byte, number of exceptions, the exceptions (distance from the one before, eight
/// bytes), integer column. An exception (NaN, a sentinel, a stray long fraction) repeats the integer before it.
/// </summary>
internal sealed class DecimalColumn
{
    /// <summary>Values looked at to guess the exponent.</summary>
    private const int Samples = 4;

    private readonly List<int> _exceptions = [];
    private long[] _scaled = [];

    /// <summary>False, with the sink's length undefined, when more than one value in eight has no short decimal.</summary>
    public bool TryEncode(ReadOnlySpan<double> values, ByteSink sink)
    {
        var scaled = Scaled(values.Length);
        var exponent = Guess(values);
        while (exponent >= 0 && !TryScale(values, exponent, scaled))
            exponent = Next(values, exponent);
        if (exponent < 0)
            return false;
        sink.Byte((byte)exponent);
        WriteExceptions(values, sink);
        IntegerColumn.Encode(scaled, IntegerColumnMode.Offset, sink);
        return true;
    }

    public void Decode(ref ByteSource source, Span<double> values)
    {
        int exponent = source.Byte();
        var exceptions = source.Count(values.Length);
        var rest = source;
        for (var i = 0; i < exceptions; i++)
        {
            source.Varint();
            source.Int64();
        }

        var scaled = Scaled(values.Length);
        IntegerColumn.Decode(ref source, scaled);
        DecimalScale.Unscale(scaled, exponent, values);
        for (var (i, index) = (0, 0); i < exceptions; i++)
        {
            index += rest.Count(values.Length - 1);
            if (index >= values.Length)
                throw new InvalidDataException("an exception is out of range");
            values[index] = BitConverter.Int64BitsToDouble(rest.Int64());
        }
    }

    private static int Guess(ReadOnlySpan<double> values)
    {
        var exponent = -1;
        var stride = Math.Max(1, values.Length / Samples);
        for (var i = 0; i < values.Length; i += stride)
            exponent = Math.Max(exponent, DecimalScale.ExponentOf(values[i]));
        return exponent;
    }

    /// <summary>The larger exponent that the first exception with one asks for, or −1.</summary>
    private int Next(ReadOnlySpan<double> values, int exponent)
    {
        foreach (var index in _exceptions)
        {
            var wanted = DecimalScale.ExponentOf(values[index]);
            if (wanted > exponent)
                return wanted;
        }

        return -1;
    }

    private bool TryScale(ReadOnlySpan<double> values, int exponent, Span<long> scaled)
    {
        _exceptions.Clear();
        var done = DecimalScale.Scale(values, exponent, scaled);
        while (done < values.Length)
        {
            if (_exceptions.Count > values.Length >> 3)
                return false;
            _exceptions.Add(done);
            scaled[done] = done > 0 ? scaled[done - 1] : 0;
            done++;
            done += DecimalScale.Scale(values[done..], exponent, scaled[done..]);
        }

        return _exceptions.Count <= values.Length >> 3;
    }

    private void WriteExceptions(ReadOnlySpan<double> values, ByteSink sink)
    {
        sink.Varint((ulong)_exceptions.Count);
        var previous = 0;
        foreach (var index in _exceptions)
        {
            sink.Varint((ulong)(index - previous));
            sink.Int64(BitConverter.DoubleToInt64Bits(values[index]));
            previous = index;
        }
    }

    private Span<long> Scaled(int count)
    {
        if (_scaled.Length < count)
            _scaled = new long[count];
        return _scaled.AsSpan(0, count);
    }
}
