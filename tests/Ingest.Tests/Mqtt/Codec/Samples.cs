using System.Buffers;
using System.Text;
using Fengsui.Ingest.Mqtt.Codec;

namespace Fengsui.Ingest.Tests.Mqtt.Codec;

/// <summary>One well-formed packet of every type and version, and a decoder that treats any packet as its type says.</summary>
internal static class Samples
{
    public static IReadOnlyList<(string Name, MqttVersion Version, byte[] Bytes)> All { get; } = [.. Build(MqttVersion.V311), .. Build(MqttVersion.V5)];

    public static bool TryDecode(in PacketHeader header, ReadOnlySpan<byte> body, MqttVersion version, DecodeLimits limits, out MalformedCause cause) => header.Type switch
    {
        PacketType.Connect => ConnectPacket.TryParse(body, limits, out _, out cause),
        PacketType.ConnAck => ConnAckPacket.TryParse(body, version, limits, out _, out cause),
        PacketType.Publish => PublishPacket.TryParse(header.Flags, body, version, limits, out _, out cause),
        PacketType.PubAck or PacketType.PubRec or PacketType.PubRel or PacketType.PubComp => AckPacket.TryParse(header.Type, body, version, limits, out _, out cause),
        PacketType.Subscribe => SubscribePacket.TryParse(body, version, limits, out _, out cause),
        PacketType.Unsubscribe => UnsubscribePacket.TryParse(body, version, limits, out _, out cause),
        PacketType.SubAck or PacketType.UnsubAck => SubAckPacket.TryParse(header.Type, body, version, limits, out _, out cause),
        PacketType.Disconnect => DisconnectPacket.TryParse(body, version, limits, out _, out cause),
        PacketType.Auth => AuthPacket.TryParse(body, limits, out _, out cause),
        _ => PingPacket.TryParse(body, out cause),
    };

    private static IEnumerable<(string Name, MqttVersion Version, byte[] Bytes)> Build(MqttVersion version)
    {
        var message = new PropertyWriter().Add(PropertyId.PayloadFormatIndicator, 1).Add(PropertyId.MessageExpiryInterval, 60).Add(PropertyId.ContentType, "text/plain")
            .Add(PropertyId.ResponseTopic, "answers/1").Add(PropertyId.CorrelationData, "42"u8).AddUser("unit", "℃").AddUser("unit", "K");
        var publish = new PropertyWriter().AddEncoded(message.Written).Add(PropertyId.TopicAlias, 3).Add(PropertyId.SubscriptionIdentifier, 300).Add(PropertyId.SubscriptionIdentifier, 268_435_455).Written.ToArray();
        var will = new PropertyWriter().AddEncoded(message.Written).Add(PropertyId.WillDelayInterval, 5).Written.ToArray();
        var connect = new PropertyWriter().Add(PropertyId.SessionExpiryInterval, uint.MaxValue).Add(PropertyId.ReceiveMaximum, 20).Add(PropertyId.MaximumPacketSize, 65_536)
            .Add(PropertyId.TopicAliasMaximum, 9).Add(PropertyId.RequestProblemInformation, 0).Add(PropertyId.RequestResponseInformation, 1)
            .Add(PropertyId.AuthenticationMethod, "SCRAM").Add(PropertyId.AuthenticationData, "x"u8).AddUser("a", "b").Written.ToArray();
        var connAck = new PropertyWriter().Add(PropertyId.AssignedClientIdentifier, "id").Add(PropertyId.ServerKeepAlive, 60).Add(PropertyId.MaximumQos, 1).Add(PropertyId.RetainAvailable, 1)
            .Add(PropertyId.ResponseInformation, "r").Add(PropertyId.ServerReference, "s").Add(PropertyId.WildcardSubscriptionAvailable, 1)
            .Add(PropertyId.SubscriptionIdentifierAvailable, 1).Add(PropertyId.SharedSubscriptionAvailable, 1).Add(PropertyId.ReasonString, "why").Written.ToArray();
        var reason = new PropertyWriter().Add(PropertyId.ReasonString, "because").AddUser("k", "v").Written.ToArray();
        var subscribe = new PropertyWriter().Add(PropertyId.SubscriptionIdentifier, 7).Written.ToArray();

        yield return ("CONNECT", version, Write(o => new ConnectPacket
        {
            ProtocolLevel = (byte)version,
            CleanStart = true,
            KeepAliveSeconds = 30,
            Properties = version == MqttVersion.V5 ? connect : default,
            ClientId = "gateway-7"u8,
            HasWill = true,
            WillQos = 1,
            WillRetain = true,
            WillProperties = version == MqttVersion.V5 ? will : default,
            WillTopic = "lost/gateway-7"u8,
            WillPayload = "gone"u8,
            HasUserName = true,
            UserName = "操作员"u8,
            HasPassword = true,
            Password = "secret"u8,
        }.WriteTo(o)));
        yield return ("CONNACK", version, Write(o => new ConnAckPacket { SessionPresent = true, Properties = connAck }.WriteTo(o, version)));
        for (byte qos = 0; qos <= 2; qos++)
        {
            var level = qos;
            yield return ($"PUBLISH qos {qos}", version, Write(o => new PublishPacket
            {
                Topic = "telemetry/仓库/1"u8,
                Payload = Encoding.UTF8.GetBytes(new string('x', 200)),
                Qos = level,
                PacketId = level > 0 ? (ushort)513 : (ushort)0,
                Retain = true,
                Dup = level > 0,
                Properties = publish,
            }.WriteTo(o, version)));
        }
        foreach (var type in new[] { PacketType.PubAck, PacketType.PubRec, PacketType.PubRel, PacketType.PubComp })
        {
            yield return ($"{type}", version, Write(o => new AckPacket { Type = type, PacketId = 65_535 }.WriteTo(o, version)));
            var code = type is PacketType.PubAck or PacketType.PubRec ? ReasonCode.QuotaExceeded : ReasonCode.PacketIdentifierNotFound;
            yield return ($"{type} reason", version, Write(o => new AckPacket { Type = type, PacketId = 1, Reason = code, Properties = reason }.WriteTo(o, version)));
        }
        yield return ("SUBSCRIBE", version, Write(o => new SubscribePacket { PacketId = 9, Properties = subscribe, Filters = Filters(version) }.WriteTo(o, version)));
        yield return ("SUBACK", version, Write(o => new SubAckPacket { Type = PacketType.SubAck, PacketId = 9, Properties = reason, Codes = [0, 1, 2, 0x80] }.WriteTo(o, version)));
        yield return ("UNSUBSCRIBE", version, Write(o => new UnsubscribePacket { PacketId = 10, Filters = [0, 3, (byte)'a', (byte)'/', (byte)'#', 0, 1, (byte)'+'] }.WriteTo(o, version)));
        yield return ("UNSUBACK", version, Write(o => new SubAckPacket { Type = PacketType.UnsubAck, PacketId = 10, Codes = [0, 0x11] }.WriteTo(o, version)));
        yield return ("PINGREQ", version, PingPacket.Request.ToArray());
        yield return ("PINGRESP", version, PingPacket.Response.ToArray());
        yield return ("DISCONNECT", version, Write(o => new DisconnectPacket { Reason = ReasonCode.ServerShuttingDown, Properties = reason }.WriteTo(o, version)));
        if (version == MqttVersion.V5)
            yield return ("AUTH", version, Write(o => new AuthPacket { Reason = ReasonCode.ContinueAuthentication, Properties = new PropertyWriter().Add(PropertyId.AuthenticationMethod, "SCRAM").Written }.WriteTo(o)));
    }

    private static byte[] Filters(MqttVersion version)
    {
        var filters = new ArrayBufferWriter<byte>();
        SubscribePacket.WriteFilter(filters, "alerts/+/仓库/#"u8, new SubscriptionOptions(2));
        SubscribePacket.WriteFilter(filters, "$share/group/a/+"u8, version == MqttVersion.V5 ? new SubscriptionOptions(1, false, true, RetainHandling.DoNotSend) : new SubscriptionOptions(1));
        return filters.WrittenSpan.ToArray();
    }

    private static byte[] Write(Action<IBufferWriter<byte>> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        write(buffer);
        return buffer.WrittenSpan.ToArray();
    }
}
