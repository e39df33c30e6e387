using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fengsui.Devices.History.Embedded.Columns;

/// <summary>A growing buffer that is kept and reused. All integers little-endian.</summary>
internal sealed class ByteSink(int capacity = 4096)
{
    /// <summary>Bytes past the end that a packer may scribble on.</summary>
    public const int Slack = 16;

    private byte[] _bytes = new byte[capacity + Slack];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Truncate(int length) => Length = length;

    /// <summary>
    /// Of two forms of the same, from <paramref name="start"/> to <paramref name="second"/> and from there to the end, leaves the shorter one, the
    /// first when they are equal.
    /// </summary>
    public void KeepShorter(int start, int second)
    {
        var (first, other) = (second - start, Length - second);
        if (other < first)
            _bytes.AsSpan(second, other).CopyTo(_bytes.AsSpan(start));
        Length = start + Math.Min(first, other);
    }

    /// <summary>A span of at least <paramref name="count"/> bytes (plus slack) to write to, then <see cref="Advance"/>.</summary>
    public Span<byte> Reserve(int count)
    {
        if (Length + count + Slack > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count + Slack));
        return _bytes.AsSpan(Length);
    }

    public void Advance(int count) => Length += count;

    public void Byte(byte value)
    {
        Reserve(1)[0] = value;
        Length++;
    }

    public void Int64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(Reserve(8), value);
        Length += 8;
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        value.CopyTo(Reserve(value.Length));
        Length += value.Length;
    }

    public void Raw(ReadOnlySpan<double> values) => Bytes(MemoryMarshal.AsBytes(values));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Varint(ulong value)
    {
        var span = Reserve(10);
        var length = 0;
        while (value >= 0x80)
        {
            span[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        span[length++] = (byte)value;
        Length += length;
    }

    public void ZigZag(long value) => Varint(ZigZagCode.Encode(value));
}
