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

    private ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)_rest.Length)
        {
            throw new InvalidDataException($"record ends {count - _rest.Length} bytes early");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
