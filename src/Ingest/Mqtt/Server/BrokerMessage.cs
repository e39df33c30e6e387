using Fengsui.Ingest.Mqtt.Codec;
using Fengsui.Ingest.Mqtt.Security;

namespace Fengsui.Ingest.Mqtt.Server;

/// <summary>One message on its way to subscribers, shared by all of them. Made only when someone wants it.</summary>
internal sealed class BrokerMessage
{
    public const long NeverExpires = long.MaxValue;
    private const int OverheadBytes = 160;

    public required string Topic { get; init; }

    public required byte[] TopicBytes { get; init; }

    public required byte[] Payload { get; init; }

    public required byte Qos { get; init; }

    public required bool Retain { get; init; }

    /// <summary>Encoded properties that pass through unchanged.</summary>
    public byte[] Properties { get; init; } = [];

    /// <summary>Broker time in ms at which the message expires.</summary>
    public long ExpiresAtMs { get; init; } = NeverExpires;

    /// <summary>Who published it; null = from inside.</summary>
    public ClientAccess? Source { get; init; }

    /// <summary>Bytes it counts for in the bounds of queues and of the retained store.</summary>
    public int SizeBytes => TopicBytes.Length + Payload.Length + Properties.Length + OverheadBytes;

    public bool IsExpired(long nowMs) => nowMs >= ExpiresAtMs;

    /// <summary>The same message with its time begun: a will's expiry counts from its publication.</summary>
    public BrokerMessage WithExpiry(long expiresAtMs) => new()
    {
        Topic = Topic,
        TopicBytes = TopicBytes,
        Payload = Payload,
        Qos = Qos,
        Retain = Retain,
        Properties = Properties,
        Source = Source,
        ExpiresAtMs = expiresAtMs,
    };

    /// <summary>Takes from a PUBLISH's or will's section what must be forwarded, and the expiry interval in seconds if there is one.</summary>
    public static byte[] PassThrough(ReadOnlySpan<byte> section, out uint? expirySeconds)
    {
        expirySeconds = null;
        if (section.IsEmpty) return [];
        var kept = new PropertyWriter();
        var reader = new PropertyReader(section);
        while (reader.MoveNext())
        {
            if (reader.Id == PropertyId.MessageExpiryInterval) expirySeconds = reader.Number;
            else if (reader.Id is not (PropertyId.TopicAlias or PropertyId.SubscriptionIdentifier or PropertyId.WillDelayInterval)) kept.AddEncoded(section[reader.Start..reader.End]);
        }
        return kept.Written.ToArray();
    }
}
