using System.Buffers.Binary;

namespace Fengsui.Devices.History.Embedded.Columns;

/// <summary>
/// Reads what <see cref="ByteSink"/> wrote. Running over the end is damage, not a bug: <see cref="InvalidDataException"/>,
/// which only a reader of group files catches.
/// </summary>
internal ref struct ByteSource(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Position { get; private set; }

    public readonly int Remaining => _bytes.Length - Position;

    public byte Byte() => Bytes(1)[0];

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Bytes(8));

    public ReadOnlySpan<byte> Bytes(int count)
    {
        if ((uint)count > (uint)Remaining)
            throw new InvalidDataException("a column ends before its data");
        var taken = _bytes.Slice(Position, count);
        Position += count;
        return taken;
    }

    public ulong Varint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var part = Byte();
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
                return value;
        }

        throw new InvalidDataException("a varint is longer than ten bytes");
    }

    /// <summary>A varint that must lie in 0 to <paramref name="max"/>.</summary>
    public int Count(int max)
    {
        var value = Varint();
        return value <= (ulong)max ? (int)value : throw new InvalidDataException("a count is out of range");
    }

    public long ZigZag() => ZigZagCode.Decode(Varint());
}
