using System.Buffers.Binary;
using System.Text;
using Fengsui.Ingest.Mqtt.Codec;
using Fengsui.Ingest.Mqtt.Security;
using Fengsui.Ingest.Mqtt.Server;

namespace Fengsui.Ingest.Mqtt.Sessions;

/// <summary>Reads what <see cref="StateWriter"/> wrote. A field that does not fit makes <see cref="Failed"/> stick; nothing throws.</summary>
internal ref struct StateReader(ReadOnlySpan<byte> source, AccessControl access, long nowMs, long elapsedMs)
{
    private ReadOnlySpan<byte> _rest = source;

    public bool Failed { get; private set; }

    public readonly bool AtEnd => _rest.IsEmpty;

    public ReadOnlySpan<byte> Bytes(long count)
    {
        if (Failed || count < 0 || count > _rest.Length)
        {
            Failed = true;
            return default;
        }
        var bytes = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return bytes;
    }

    public byte Byte()
    {
        var bytes = Bytes(1);
        return Failed ? (byte)0 : bytes[0];
    }

    public bool Flag() => Byte() == 1;

    public long Number()
    {
        var bytes = Bytes(8);
        return Failed ? 0 : BinaryPrimitives.ReadInt64LittleEndian(bytes);
    }

    /// <summary>A count of things that take at least one byte each.</summary>
    public int Count()
    {
        var count = Number();
        if (count < 0 || count > _rest.Length) Failed = true;
        return Failed ? 0 : (int)count;
    }

    public byte[] Block() => Bytes(Number()).ToArray();

    public string? Text()
    {
        var length = Number();
        return length == -1 ? null : Encoding.UTF8.GetString(Bytes(length));
    }

    /// <summary>Ms left of a saved span, less the time that has passed since.</summary>
    public readonly long Remaining(long savedMs) => Math.Max(0, savedMs - elapsedMs);

    public BrokerMessage Message()
    {
        var topic = Text() ?? "";
        var topicBytes = Encoding.UTF8.GetBytes(topic);
        if (!MqttText.IsTopicName(topicBytes)) Failed = true;
        var payload = Block();
        var qos = Byte();
        if (qos > 2) Failed = true;
        var retain = Flag();
        var properties = Block();
        var remaining = Number();
        var clientId = Text();
        var user = Text();
        return new BrokerMessage
        {
            Topic = topic,
            TopicBytes = topicBytes,
            Payload = payload,
            Qos = qos,
            Retain = retain,
            Properties = properties,
            ExpiresAtMs = remaining < 0 ? BrokerMessage.NeverExpires : nowMs + Remaining(remaining),
            Source = clientId is null ? null : new ClientAccess(access, clientId, user),
        };
    }

    public OutboundEntry Entry()
    {
        var message = Message();
        var qos = Byte();
        var retain = Flag();
        var identifiers = new uint[Count()];
        for (var i = 0; i < identifiers.Length; i++) identifiers[i] = (uint)Number();
        return new OutboundEntry(message, qos, retain, identifiers, null, IsReplay: false);
    }
}
