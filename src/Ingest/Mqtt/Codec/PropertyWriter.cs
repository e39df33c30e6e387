using System.Buffers.Binary;
using System.Text;

namespace Fengsui.Ingest.Mqtt.Codec;

/// <summary>Builds a property section (without its length). Reusable: <see cref="Clear"/> keeps the buffer. Texts must be shorter than 65,536 bytes.</summary>
public sealed class PropertyWriter
{
    private byte[] _buffer = new byte[64];
    private int _length;

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public PropertyWriter Clear()
    {
        _length = 0;
        return this;
    }

    /// <summary>Adds a number in the encoding that belongs to <paramref name="id"/>.</summary>
    public PropertyWriter Add(PropertyId id, uint value)
    {
        var target = Reserve(6);
        target[0] = (byte)id;
        switch (PropertyRules.KindOf((uint)id))
        {
            case PropertyKind.Byte:
                target[1] = (byte)value;
                _length += 2;
                break;
            case PropertyKind.TwoByteInteger:
                BinaryPrimitives.WriteUInt16BigEndian(target[1..], (ushort)value);
                _length += 3;
                break;
            case PropertyKind.FourByteInteger:
                BinaryPrimitives.WriteUInt32BigEndian(target[1..], value);
                _length += 5;
                break;
            case PropertyKind.VariableInteger:
                _length += 1 + VariableInteger.Write(target[1..], (int)value);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(id), id, "not a numeric property");
        }
        return this;
    }

    public PropertyWriter Add(PropertyId id, ReadOnlySpan<byte> value)
    {
        var target = Reserve(3 + value.Length);
        target[0] = (byte)id;
        WriteBinary(target[1..], value);
        _length += 3 + value.Length;
        return this;
    }

    public PropertyWriter Add(PropertyId id, string value) => Add(id, Encoding.UTF8.GetBytes(value));

    public PropertyWriter AddUser(string name, string value)
    {
        var nameBytes = Encoding.UTF8.GetBytes(name);
        var valueBytes = Encoding.UTF8.GetBytes(value);
        var target = Reserve(5 + nameBytes.Length + valueBytes.Length);
        target[0] = (byte)PropertyId.UserProperty;
        WriteBinary(target[1..], nameBytes);
        WriteBinary(target[(3 + nameBytes.Length)..], valueBytes);
        _length += 5 + nameBytes.Length + valueBytes.Length;
        return this;
    }

    /// <summary>Copies properties that are already encoded.</summary>
    public PropertyWriter AddEncoded(ReadOnlySpan<byte> encoded)
    {
        encoded.CopyTo(Reserve(encoded.Length));
        _length += encoded.Length;
        return this;
    }

    private static void WriteBinary(Span<byte> target, ReadOnlySpan<byte> value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(target, checked((ushort)value.Length));
        value.CopyTo(target[2..]);
    }

    private Span<byte> Reserve(int count)
    {
        if (_buffer.Length - _length < count) Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + count));
        return _buffer.AsSpan(_length);
    }
}
