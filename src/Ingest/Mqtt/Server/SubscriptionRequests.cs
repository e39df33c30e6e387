using System.Buffers;
using System.Text;
using Fengsui.Ingest.Mqtt.Codec;
using Fengsui.Ingest.Mqtt.Sessions;
using Fengsui.Ingest.Mqtt.Subscriptions;

namespace Fengsui.Ingest.Mqtt.Server;

/// <summary>SUBSCRIBE and UNSUBSCRIBE: one code for each filter, then the retained messages that are due.</summary>
internal static class SubscriptionRequests
{
    public static bool Subscribe(MqttBroker broker, MqttSession session, ConnectionOutput output, ReadOnlySpan<byte> body, out MalformedCause cause)
    {
        if (!SubscribePacket.TryParse(body, output.Version, broker.Limits, out var packet, out cause)) return false;
        var identifier = IdentifierOf(packet.Properties);
        var codes = new byte[packet.Count];
        var replays = new List<OutboundEntry>();
        var filters = packet.Filters;
        for (var i = 0; i < codes.Length && SubscribePacket.TryReadNext(ref filters, out var filter, out var options); i++)
        {
            var code = Subscribe(broker, session, filter, options, identifier, replays);
            codes[i] = output.Version == MqttVersion.V311 && code >= (byte)ReasonCode.UnspecifiedError ? (byte)ReasonCode.UnspecifiedError : code;
        }
        var packetId = packet.PacketId;
        if (session.ExpirySeconds > 0 && broker.Keeper is { } keeper)
        {
            keeper.WhenKept(() =>
            {
                Answer(broker, output, PacketType.SubAck, packetId, codes);
                output.Flush();
            });
        }
        else
        {
            Answer(broker, output, PacketType.SubAck, packetId, codes);
        }

        if (replays.Count > 0) session.Replay(replays);
        return true;
    }

    public static bool Unsubscribe(MqttBroker broker, MqttSession session, ConnectionOutput output, ReadOnlySpan<byte> body, out MalformedCause cause)
    {
        if (!UnsubscribePacket.TryParse(body, output.Version, broker.Limits, out var packet, out cause)) return false;
        var codes = new byte[packet.Count];
        var filters = packet.Filters;
        for (var i = 0; i < codes.Length && UnsubscribePacket.TryReadNext(ref filters, out var filter); i++)
        {
            codes[i] = session.Unsubscribe(Encoding.UTF8.GetString(filter)) ? (byte)ReasonCode.Success : (byte)ReasonCode.NoSubscriptionExisted;
        }
        Answer(broker, output, PacketType.UnsubAck, packet.PacketId, codes);
        return true;
    }

    private static byte Subscribe(MqttBroker broker, MqttSession session, ReadOnlySpan<byte> filterBytes, SubscriptionOptions options, uint identifier, List<OutboundEntry> replays)
    {
        if (!broker.TopicIsInBounds(filterBytes))
        {
            broker.Count(DropPolicy.TopicOutOfBounds);
            return (byte)ReasonCode.TopicFilterInvalid;
        }
        var filter = Encoding.UTF8.GetString(filterBytes);
        if (!session.Access.MaySubscribe(Subscription.MatchedPart(filter)))
        {
            broker.Count(DropPolicy.SubscribeDenied);
            return (byte)ReasonCode.NotAuthorized;
        }
        if (!session.Subscribe(filter, options, identifier, out var isNew))
        {
            broker.Count(DropPolicy.SubscriptionLimit);
            return (byte)ReasonCode.QuotaExceeded;
        }
        var wanted = options.RetainHandling == RetainHandling.Send || (options.RetainHandling == RetainHandling.SendIfNew && isNew);
        if (wanted && !filter.StartsWith("$share/", StringComparison.Ordinal)) CollectRetained(broker, session, filter, options, identifier, replays);
        return options.Qos;
    }

    private static void CollectRetained(MqttBroker broker, MqttSession session, string filter, SubscriptionOptions options, uint identifier, List<OutboundEntry> replays)
    {
        var identifiers = identifier == 0 ? [] : new[] { identifier };
        foreach (var message in broker.RetainedMessages.Match(filter, broker.NowMs))
        {
            // No-local holds for what was retained too [MQTT-3.8.3-3].
            if (options.NoLocal && message.Source?.ClientId == session.ClientId) continue;

            // A message whose publisher has lost the right to that topic is not given out any more.
            if (message.Source is { } source && !source.MayPublish(message.Topic)) broker.Count(DropPolicy.RevokedAtDelivery);
            else replays.Add(new OutboundEntry(message, Math.Min(options.Qos, message.Qos), Retain: true, identifiers, null, IsReplay: true));
        }
    }

    private static uint IdentifierOf(ReadOnlySpan<byte> section)
    {
        var reader = new PropertyReader(section);
        while (reader.MoveNext())
        {
            if (reader.Id == PropertyId.SubscriptionIdentifier) return reader.Number;
        }
        return 0;
    }

    // An answer that the client would not take is not sent, like a message of that size [MQTT-3.1.2-24].
    private static void Answer(MqttBroker broker, ConnectionOutput output, PacketType type, ushort packetId, byte[] codes)
    {
        var packet = new ArrayBufferWriter<byte>(16 + codes.Length);
        new SubAckPacket { Type = type, PacketId = packetId, Codes = codes }.WriteTo(packet, output.Version);
        if (packet.WrittenCount > output.ClientMaxPacketSizeBytes) broker.Count(DropPolicy.LargerThanClientAccepts);
        else output.Append(packet.WrittenSpan, 1);
    }
}
