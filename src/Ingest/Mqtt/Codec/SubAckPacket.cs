using System.Buffers;

namespace Fengsui.Ingest.Mqtt.Codec;

/// <summary>SUBACK and UNSUBACK (3.9, 3.11): one code for each filter, in order. UNSUBACK of 3.1.1 has no codes.</summary>
public ref struct SubAckPacket
{
    public PacketType Type { get; set; }

    public ushort PacketId { get; set; }

    public ReadOnlySpan<byte> Properties { get; set; }

    /// <summary>Granted QoS 0..2, or 0x80 and above for a refusal.</summary>
    public ReadOnlySpan<byte> Codes { get; set; }

    public static bool TryParse(PacketType type, ReadOnlySpan<byte> body, MqttVersion version, DecodeLimits limits, out SubAckPacket packet, out MalformedCause cause)
    {
        packet = default;
        packet.Type = type;
        var reader = new BodyReader(body);
        packet.PacketId = reader.ReadPacketId();
        packet.Properties = reader.ReadProperties(version, (PropertyScope)(1 << (int)type), limits);
        var withCodes = type == PacketType.SubAck || version == MqttVersion.V5;
        if (withCodes) packet.Codes = reader.ReadRest();
        if (!reader.Failed && withCodes && packet.Codes.Length == 0) reader.Fail(MalformedCause.Truncated);
        return reader.Finish(out cause);
    }

    public readonly void WriteTo(IBufferWriter<byte> output, MqttVersion version)
    {
        var codes = Type == PacketType.SubAck || version == MqttVersion.V5 ? Codes : default;
        var writer = PacketWriter.Open(output, Type, 0, 2 + PacketWriter.PropertiesLength(version, Properties.Length) + codes.Length);
        writer.WriteUInt16(PacketId);
        writer.WriteProperties(version, Properties);
        writer.WriteBytes(codes);
        writer.CommitTo(output);
    }
}
