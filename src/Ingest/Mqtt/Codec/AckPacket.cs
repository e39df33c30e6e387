using System.Buffers;
using System.Buffers.Binary;

namespace Fengsui.Ingest.Mqtt.Codec;

/// <summary>PUBACK, PUBREC, PUBREL and PUBCOMP (3.4–3.7), which share one form. Reason and properties exist in 5.0 only.</summary>
public ref struct AckPacket
{
    /// <summary>Longest packet written by <see cref="WriteShort"/>.</summary>
    public const int MaxShortLength = 5;

    public PacketType Type { get; set; }

    public ushort PacketId { get; set; }

    public ReasonCode Reason { get; set; }

    public ReadOnlySpan<byte> Properties { get; set; }

    public static bool TryParse(PacketType type, ReadOnlySpan<byte> body, MqttVersion version, DecodeLimits limits, out AckPacket packet, out MalformedCause cause)
    {
        packet = default;
        packet.Type = type;
        var reader = new BodyReader(body);
        packet.PacketId = reader.ReadPacketId();
        if (version == MqttVersion.V5 && reader.Remaining > 0)
        {
            packet.Reason = (ReasonCode)reader.ReadByte();
            if (!IsAllowed(type, packet.Reason)) reader.Fail(MalformedCause.InvalidReasonCode);
            if (reader.Remaining > 0) packet.Properties = reader.ReadProperties(version, (PropertyScope)(1 << (int)type), limits);
        }
        return reader.Finish(out cause);
    }

    /// <summary>Writes the form without properties: 4 bytes, or 5 when 5.0 has a reason other than success.</summary>
    public static int WriteShort(Span<byte> destination, MqttVersion version, PacketType type, ushort packetId, ReasonCode reason)
    {
        var withReason = version == MqttVersion.V5 && reason != ReasonCode.Success;
        destination[0] = (byte)(((byte)type << 4) | (type == PacketType.PubRel ? 2 : 0));
        destination[1] = withReason ? (byte)3 : (byte)2;
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], packetId);
        if (!withReason) return 4;
        destination[4] = (byte)reason;
        return 5;
    }

    public readonly void WriteTo(IBufferWriter<byte> output, MqttVersion version)
    {
        if (version != MqttVersion.V5 || Properties.Length == 0)
        {
            output.Advance(WriteShort(output.GetSpan(MaxShortLength), version, Type, PacketId, Reason));
            return;
        }
        var length = 3 + PacketWriter.PropertiesLength(version, Properties.Length);
        var writer = PacketWriter.Open(output, Type, Type == PacketType.PubRel ? (byte)2 : (byte)0, length);
        writer.WriteUInt16(PacketId);
        writer.WriteByte((byte)Reason);
        writer.WriteProperties(version, Properties);
        writer.CommitTo(output);
    }

    private static bool IsAllowed(PacketType type, ReasonCode reason) => reason switch
    {
        ReasonCode.Success => true,
        ReasonCode.PacketIdentifierNotFound => type is PacketType.PubRel or PacketType.PubComp,
        ReasonCode.NoMatchingSubscribers or ReasonCode.UnspecifiedError or ReasonCode.ImplementationSpecificError or ReasonCode.NotAuthorized
            or ReasonCode.TopicNameInvalid or ReasonCode.PacketIdentifierInUse or ReasonCode.QuotaExceeded or ReasonCode.PayloadFormatInvalid
            => type is PacketType.PubAck or PacketType.PubRec,
        _ => false,
    };
}
