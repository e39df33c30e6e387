using System.Buffers;

namespace Fengsui.Ingest.Mqtt.Codec;

/// <summary>
/// PUBLISH (3.3). Topic, properties and payload point into the decoded buffer. In 5.0 the topic may be empty when the properties hold a topic
/// alias. Decoding and encoding allocate nothing.
/// </summary>
public ref struct PublishPacket
{
    private const byte RetainFlag = 0x01, DupFlag = 0x08;

    public ReadOnlySpan<byte> Topic { get; set; }

    public ReadOnlySpan<byte> Payload { get; set; }

    /// <summary>Validated section without its length prefix; empty in 3.1.1.</summary>
    public ReadOnlySpan<byte> Properties { get; set; }

    /// <summary>1..65,535 with QoS 1 and 2, otherwise 0.</summary>
    public ushort PacketId { get; set; }

    public byte Qos { get; set; }

    public bool Dup { get; set; }

    public bool Retain { get; set; }

    public static bool TryParse(byte flags, ReadOnlySpan<byte> body, MqttVersion version, DecodeLimits limits, out PublishPacket packet, out MalformedCause cause)
    {
        if (!TryParseUnchecked(flags, body, version, limits, out packet, out cause)) return false;
        if (packet.Topic.Length == 0 && version == MqttVersion.V5) return true;
        if (MqttText.IsTopicName(packet.Topic)) return true;
        cause = MqttText.IsValid(packet.Topic) ? MalformedCause.InvalidTopicName : MalformedCause.InvalidUtf8;
        return false;
    }

    /// <summary>As <see cref="TryParse"/> but leaves the text of the topic unchecked, for a caller that looks it up among topics it has checked before.</summary>
    public static bool TryParseUnchecked(byte flags, ReadOnlySpan<byte> body, MqttVersion version, DecodeLimits limits, out PublishPacket packet, out MalformedCause cause)
    {
        packet = default;
        var reader = new BodyReader(body);
        packet.Qos = (byte)((flags >> 1) & 3);
        packet.Dup = (flags & DupFlag) != 0;
        packet.Retain = (flags & RetainFlag) != 0;
        packet.Topic = reader.ReadBinary();
        if (packet.Qos > 0) packet.PacketId = reader.ReadPacketId();
        packet.Properties = reader.ReadProperties(version, PropertyScope.Publish, limits);
        packet.Payload = reader.ReadRest();
        cause = reader.Cause;
        return cause == MalformedCause.None;
    }

    /// <summary>Bytes of the whole packet on the wire.</summary>
    public readonly int GetLength(MqttVersion version) => PacketWriter.PacketLength(BodyLength(version));

    /// <summary>Encodes into <paramref name="destination"/>, which holds at least <see cref="GetLength"/> bytes, and returns the bytes written.</summary>
    public readonly int Write(Span<byte> destination, MqttVersion version)
    {
        var writer = new PacketWriter(destination);
        writer.WriteHeader(PacketType.Publish, (byte)((Dup ? DupFlag : 0) | (Qos << 1) | (Retain ? RetainFlag : 0)), BodyLength(version));
        writer.WriteBinary(Topic);
        if (Qos > 0) writer.WriteUInt16(PacketId);
        writer.WriteProperties(version, Properties);
        writer.WriteBytes(Payload);
        return writer.Written;
    }

    public readonly void WriteTo(IBufferWriter<byte> output, MqttVersion version)
        => output.Advance(Write(output.GetSpan(GetLength(version)), version));

    private readonly int BodyLength(MqttVersion version)
        => 2 + Topic.Length + (Qos > 0 ? 2 : 0) + PacketWriter.PropertiesLength(version, Properties.Length) + Payload.Length;
}
