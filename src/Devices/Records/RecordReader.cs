using System.Buffers.Binary;
using System.Text;

namespace Fengsui.Devices.Records;

/// <summary>Reads what <see cref="RecordWriter"/> wrote. A record that ends early is a bug or undetected damage.</summary>
/// <exception cref="InvalidDataException">Each method, when the input ends before the field.</exception>
public ref struct RecordReader(ReadOnlySpan<byte> input)
{
    private ReadOnlySpan<byte> _rest = input;

    public readonly bool AtEnd => _rest.IsEmpty;

    public readonly int Remaining => _rest.Length;

    public byte Byte() => Take(1)[0];

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public double Double() => BitConverter.Int64BitsToDouble(Int64());

    public string String() => Encoding.UTF8.GetString(Bytes());

    public ReadOnlySpan<byte> Bytes() => Take(Int32());

    /// <summary>A number of items to come. Checked against what is left, so that a damaged one cannot ask for gigabytes.</summary>
    /// <param name="itemBytes">The least that one item takes.</param>
    public int Count(int itemBytes)
    {
        var count = Int32();
        return (uint)count <= (uint)(_rest.Length / itemBytes)
            ? count
            : throw new InvalidDataException($"record announces {count} items, {_rest.Length} bytes are left");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)_rest.Length)
        {
            throw new InvalidDataException($"record ends early: a field takes {count} bytes, {_rest.Length} are left");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
