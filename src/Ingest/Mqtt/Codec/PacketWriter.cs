using System.Buffers;
using System.Buffers.Binary;

namespace Fengsui.Ingest.Mqtt.Codec;

/// <summary>Writes the fields of one packet into a span that is known to be long enough.</summary>
internal ref struct PacketWriter(Span<byte> destination)
{
    private readonly Span<byte> _destination = destination;

    public int Written { get; private set; }

    /// <summary>Opens a packet of <paramref name="bodyLength"/> bytes in <paramref name="output"/>; <see cref="CommitTo"/> closes it.</summary>
    public static PacketWriter Open(IBufferWriter<byte> output, PacketType type, byte flags, int bodyLength)
    {
        var writer = new PacketWriter(output.GetSpan(PacketLength(bodyLength)));
        writer.WriteHeader(type, flags, bodyLength);
        return writer;
    }

    public static int PacketLength(int bodyLength) => 1 + VariableInteger.LengthOf(bodyLength) + bodyLength;

    /// <summary>Length of a property section with its length prefix; 0 in 3.1.1.</summary>
    public static int PropertiesLength(MqttVersion version, int sectionLength)
        => version == MqttVersion.V5 ? VariableInteger.LengthOf(sectionLength) + sectionLength : 0;

    public readonly void CommitTo(IBufferWriter<byte> output) => output.Advance(Written);

    public void WriteHeader(PacketType type, byte flags, int bodyLength)
    {
        _destination[Written++] = (byte)(((byte)type << 4) | flags);
        Written += VariableInteger.Write(_destination[Written..], bodyLength);
    }

    public void WriteByte(byte value) => _destination[Written++] = value;

    public void WriteUInt16(ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_destination[Written..], value);
        Written += 2;
    }

    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        value.CopyTo(_destination[Written..]);
        Written += value.Length;
    }

    public void WriteBinary(ReadOnlySpan<byte> value)
    {
        WriteUInt16(checked((ushort)value.Length));
        WriteBytes(value);
    }

    public void WriteProperties(MqttVersion version, ReadOnlySpan<byte> section)
    {
        if (version != MqttVersion.V5) return;
        Written += VariableInteger.Write(_destination[Written..], section.Length);
        WriteBytes(section);
    }
}
