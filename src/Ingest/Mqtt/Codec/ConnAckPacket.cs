using System.Buffers;

namespace Fengsui.Ingest.Mqtt.Codec;

/// <summary>CONNACK (3.2). <see cref="Code"/> is a <see cref="ReasonCode"/> in 5.0 and a <see cref="ConnectReturnCode"/> in 3.1.1.</summary>
public ref struct ConnAckPacket
{
    public bool SessionPresent { get; set; }

    public byte Code { get; set; }

    public ReadOnlySpan<byte> Properties { get; set; }

    public static bool TryParse(ReadOnlySpan<byte> body, MqttVersion version, DecodeLimits limits, out ConnAckPacket packet, out MalformedCause cause)
    {
        packet = default;
        var reader = new BodyReader(body);
        var flags = reader.ReadByte();
        if ((flags & 0xFE) != 0) reader.Fail(MalformedCause.InvalidAckFlags);
        packet.SessionPresent = flags == 1;
        packet.Code = reader.ReadByte();
        packet.Properties = reader.ReadProperties(version, PropertyScope.ConnAck, limits);
        return reader.Finish(out cause);
    }

    public readonly void WriteTo(IBufferWriter<byte> output, MqttVersion version)
    {
        var writer = PacketWriter.Open(output, PacketType.ConnAck, 0, 2 + PacketWriter.PropertiesLength(version, Properties.Length));
        writer.WriteByte(SessionPresent ? (byte)1 : (byte)0);
        writer.WriteByte(Code);
        writer.WriteProperties(version, Properties);
        writer.CommitTo(output);
    }
}
