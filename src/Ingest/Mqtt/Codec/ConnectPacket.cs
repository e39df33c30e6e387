using System.Buffers;

namespace Fengsui.Ingest.Mqtt.Codec;

/// <summary>CONNECT (3.1). Property sections are raw and already validated; walk them with <see cref="PropertyReader"/>.</summary>
public ref struct ConnectPacket
{
    private const byte UserNameFlag = 0x80, PasswordFlag = 0x40, WillRetainFlag = 0x20, WillFlag = 0x04, CleanStartFlag = 0x02, ReservedFlag = 0x01;

    /// <summary>The level byte as sent; 4 or 5 when the packet was accepted.</summary>
    public byte ProtocolLevel { get; set; }

    public readonly MqttVersion Version => (MqttVersion)ProtocolLevel;

    /// <summary>Clean session in 3.1.1.</summary>
    public bool CleanStart { get; set; }

    /// <summary>Seconds, 0 = off.</summary>
    public ushort KeepAliveSeconds { get; set; }

    public ReadOnlySpan<byte> Properties { get; set; }

    public ReadOnlySpan<byte> ClientId { get; set; }

    public bool HasWill { get; set; }

    public byte WillQos { get; set; }

    public bool WillRetain { get; set; }

    public ReadOnlySpan<byte> WillProperties { get; set; }

    public ReadOnlySpan<byte> WillTopic { get; set; }

    public ReadOnlySpan<byte> WillPayload { get; set; }

    public bool HasUserName { get; set; }

    public ReadOnlySpan<byte> UserName { get; set; }

    public bool HasPassword { get; set; }

    public ReadOnlySpan<byte> Password { get; set; }

    /// <summary>Decodes a body. On failure <see cref="ProtocolLevel"/> tells which form the refusal must take (0 = none can be sent).</summary>
    public static bool TryParse(ReadOnlySpan<byte> body, DecodeLimits limits, out ConnectPacket packet, out MalformedCause cause)
    {
        packet = default;
        var reader = new BodyReader(body);
        var name = reader.ReadBinary();
        if (!reader.Failed && !name.SequenceEqual("MQTT"u8)) reader.Fail(MalformedCause.InvalidProtocolName);
        packet.ProtocolLevel = reader.ReadByte();
        if (!reader.Failed && packet.Version is not (MqttVersion.V311 or MqttVersion.V5)) reader.Fail(MalformedCause.UnsupportedProtocolVersion);
        var flags = reader.ReadByte();
        if (!reader.Failed) CheckFlags(ref reader, flags, packet.Version);
        packet.CleanStart = (flags & CleanStartFlag) != 0;
        packet.KeepAliveSeconds = reader.ReadUInt16();
        packet.Properties = reader.ReadProperties(packet.Version, PropertyScope.Connect, limits);
        packet.ClientId = reader.ReadText();
        if ((flags & WillFlag) != 0)
        {
            packet.HasWill = true;
            packet.WillQos = (byte)((flags >> 3) & 3);
            packet.WillRetain = (flags & WillRetainFlag) != 0;
            packet.WillProperties = reader.ReadProperties(packet.Version, PropertyScope.Will, limits);
            packet.WillTopic = reader.ReadText();
            if (!reader.Failed && !MqttText.IsTopicName(packet.WillTopic)) reader.Fail(MalformedCause.InvalidTopicName);
            packet.WillPayload = reader.ReadBinary();
        }
        packet.HasUserName = (flags & UserNameFlag) != 0;
        packet.HasPassword = (flags & PasswordFlag) != 0;
        if (packet.HasUserName) packet.UserName = reader.ReadText();
        if (packet.HasPassword) packet.Password = reader.ReadBinary();
        return reader.Finish(out cause);
    }

    public readonly void WriteTo(IBufferWriter<byte> output)
    {
        var length = 10 + PacketWriter.PropertiesLength(Version, Properties.Length) + 2 + ClientId.Length
            + (HasWill ? PacketWriter.PropertiesLength(Version, WillProperties.Length) + 4 + WillTopic.Length + WillPayload.Length : 0)
            + (HasUserName ? 2 + UserName.Length : 0) + (HasPassword ? 2 + Password.Length : 0);
        var writer = PacketWriter.Open(output, PacketType.Connect, 0, length);
        writer.WriteBinary("MQTT"u8);
        writer.WriteByte(ProtocolLevel);
        writer.WriteByte(Flags());
        writer.WriteUInt16(KeepAliveSeconds);
        writer.WriteProperties(Version, Properties);
        writer.WriteBinary(ClientId);
        if (HasWill)
        {
            writer.WriteProperties(Version, WillProperties);
            writer.WriteBinary(WillTopic);
            writer.WriteBinary(WillPayload);
        }
        if (HasUserName) writer.WriteBinary(UserName);
        if (HasPassword) writer.WriteBinary(Password);
        writer.CommitTo(output);
    }

    private static void CheckFlags(ref BodyReader reader, byte flags, MqttVersion version)
    {
        if ((flags & ReservedFlag) != 0) reader.Fail(MalformedCause.ReservedConnectFlag);
        else if ((flags & WillFlag) == 0 && (flags & 0x38) != 0) reader.Fail(MalformedCause.WillFlagsWithoutWill);
        else if ((flags & 0x18) == 0x18) reader.Fail(MalformedCause.InvalidQos);
        else if (version == MqttVersion.V311 && (flags & (UserNameFlag | PasswordFlag)) == PasswordFlag) reader.Fail(MalformedCause.PasswordWithoutUserName);
    }

    private readonly byte Flags()
    {
        var flags = (CleanStart ? CleanStartFlag : 0) | (HasUserName ? UserNameFlag : 0) | (HasPassword ? PasswordFlag : 0);
        if (HasWill) flags |= WillFlag | (WillQos << 3) | (WillRetain ? WillRetainFlag : 0);
        return (byte)flags;
    }
}
