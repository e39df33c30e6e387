namespace Fengsui.Ingest.Mqtt.Server;

/// <summary>The bounds of the MQTT endpoint. Each says what happens when it is reached; the counter of that policy bears the same name.</summary>
public sealed class MqttServerOptions
{
    /// <summary>Open connections. One more is closed at once, unread. 10,000: a few kilobytes each, well inside a default file-descriptor limit raised for a server.</summary>
    public int MaxConnections { get; init; } = 10_000;

    /// <summary>Bytes of one packet, refused (0x95) on its header. 1 MiB: a gateway's backlog of some 10,000 readings in one message.</summary>
    public int MaxPacketSizeBytes { get; init; } = 1024 * 1024;

    /// <summary>Bytes of a topic name or filter; longer ones are refused. 1,024: ten times the longest topic we know of.</summary>
    public int MaxTopicLengthBytes { get; init; } = 1024;

    /// <summary>Levels of a topic name or filter; more are refused. 32: bounds the depth of the subscription tree.</summary>
    public int MaxTopicLevels { get; init; } = 32;

    /// <summary>Bytes of a client identifier, refused (0x85). 256: the standard guarantees 23; UUIDs with prefixes take 60.</summary>
    public int MaxClientIdLengthBytes { get; init; } = 256;

    /// <summary>User properties in one packet, refused (0x97). 64: bounds the time spent on a list nobody asked for.</summary>
    public int MaxUserProperties { get; init; } = 64;

    /// <summary>
    /// Our receive maximum: QoS 1 and 2 messages a client may have unacknowledged. 5.0: exceeding it is 0x93; 3.1.1: reading pauses. 1,000: at a commit
    /// every 5 ms it allows 200,000 messages/s on one connection, and holds 5 kB of acknowledgements.
    /// </summary>
    public int ReceiveMaximum { get; init; } = 1000;

    /// <summary>QoS 1 and 2 messages under way to one client at most; the client's own receive maximum applies as well. 1,000: as above, the other way.</summary>
    public int MaxInflightPerClient { get; init; } = 1000;

    /// <summary>Messages waiting in one session; at the bound the newest is dropped. 10,000: an hour of alerts in a flood.</summary>
    public int MaxQueuedMessagesPerSession { get; init; } = 10_000;

    /// <summary>Bytes waiting in one session; at the bound the newest is dropped. 16 MiB.</summary>
    public long MaxQueuedBytesPerSession { get; init; } = 16 * 1024 * 1024;

    /// <summary>Bytes encoded and not yet taken by the socket; above it messages wait in the session's queue and reading pauses. 256 KiB: four socket buffers.</summary>
    public int MaxOutputBytes { get; init; } = 256 * 1024;

    /// <summary>Subscriptions of one session; more are refused (0x97). 1,000.</summary>
    public int MaxSubscriptionsPerSession { get; init; } = 1000;

    /// <summary>Subscriptions of all sessions; more are refused (0x97). 1,000,000: some 200 MB.</summary>
    public int MaxSubscriptions { get; init; } = 1_000_000;

    /// <summary>Retained messages; a new topic beyond it is not retained. 100,000: one for each device and alert.</summary>
    public int MaxRetainedMessages { get; init; } = 100_000;

    /// <summary>Bytes of retained messages with their topics; beyond it a message is not retained. 256 MiB.</summary>
    public long MaxRetainedBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>Retained messages waiting to be sent to one new subscriber; more are dropped. 200,000: all of them, for two overlapping filters.</summary>
    public int MaxReplaysPerSession { get; init; } = 200_000;

    /// <summary>Sessions kept without a connection; when full, a leaving client's session ends. 20,000.</summary>
    public int MaxOfflineSessions { get; init; } = 20_000;

    /// <summary>Topics one connection remembers; others are looked up each time. 8,192: a gateway's devices.</summary>
    public int MaxCachedTopicsPerConnection { get; init; } = 8192;

    /// <summary>Topics all connections remember. 262,144: some 100 MB.</summary>
    public int MaxCachedTopics { get; init; } = 262_144;

    /// <summary>Topic aliases a client may set (0 = none). 256.</summary>
    public int TopicAliasMaximum { get; init; } = 256;

    /// <summary>Topic aliases we use towards one client, if it allows as many. 64: the topics of one dashboard.</summary>
    public int MaxOutgoingTopicAliases { get; init; } = 64;

    /// <summary>From accept to a complete CONNECT. 10 s: a satellite link's handshake; a slow-loris gets no longer.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A write that makes no progress for so long closes the connection. 20 s.</summary>
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Longest session expiry granted; 3.1.1 sessions with clean session 0 get it too. 7 days: a gateway may be away over a holiday.</summary>
    public TimeSpan MaxSessionExpiry { get; init; } = TimeSpan.FromDays(7);

    /// <summary>
    /// Longest keep alive; a 5.0 client that asks for more, or for none, is told this one. 60 s: a dead gateway is noticed within 90 s. A 3.1.1 client
    /// cannot be told and keeps its own, but one that asks for none is not watched. Zero = no bound.
    /// </summary>
    public TimeSpan MaxKeepAlive { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often deadlines are looked at; a deadline may be that late. 500 ms.</summary>
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Refuse (0x99) payloads declared UTF-8 that are not. Off: the standard allows and does not require it.</summary>
    public bool ValidatePayloadFormat { get; init; }

    /// <summary>Sent to 5.0 clients that ask for response information, as the root of their response topics; null = none.</summary>
    public string? ResponseInformation { get; init; }

    /// <summary>All mistakes at once, each with the name of the option; empty when the options can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        Range(errors, nameof(MaxConnections), MaxConnections, 1, int.MaxValue);
        Range(errors, nameof(MaxPacketSizeBytes), MaxPacketSizeBytes, 1024, 268_435_460);
        Range(errors, nameof(MaxTopicLengthBytes), MaxTopicLengthBytes, 1, ushort.MaxValue);
        Range(errors, nameof(MaxTopicLevels), MaxTopicLevels, 1, 1024);
        Range(errors, nameof(MaxClientIdLengthBytes), MaxClientIdLengthBytes, 23, ushort.MaxValue);
        Range(errors, nameof(MaxUserProperties), MaxUserProperties, 0, int.MaxValue);
        Range(errors, nameof(ReceiveMaximum), ReceiveMaximum, 1, ushort.MaxValue);
        Range(errors, nameof(MaxInflightPerClient), MaxInflightPerClient, 1, 60_000);
        Range(errors, nameof(MaxQueuedMessagesPerSession), MaxQueuedMessagesPerSession, 0, int.MaxValue);
        Range(errors, nameof(MaxQueuedBytesPerSession), MaxQueuedBytesPerSession, 0, long.MaxValue);
        Range(errors, nameof(MaxOutputBytes), MaxOutputBytes, 4096, 1024 * 1024 * 1024);
        Range(errors, nameof(MaxSubscriptionsPerSession), MaxSubscriptionsPerSession, 0, int.MaxValue);
        Range(errors, nameof(MaxSubscriptions), MaxSubscriptions, 0, int.MaxValue);
        Range(errors, nameof(MaxRetainedMessages), MaxRetainedMessages, 0, int.MaxValue);
        Range(errors, nameof(MaxRetainedBytes), MaxRetainedBytes, 0, long.MaxValue);
        Range(errors, nameof(MaxReplaysPerSession), MaxReplaysPerSession, 0, int.MaxValue);
        Range(errors, nameof(MaxOfflineSessions), MaxOfflineSessions, 0, int.MaxValue);
        Range(errors, nameof(MaxCachedTopicsPerConnection), MaxCachedTopicsPerConnection, 1, 1_000_000);
        Range(errors, nameof(MaxCachedTopics), MaxCachedTopics, 1, int.MaxValue);
        Range(errors, nameof(TopicAliasMaximum), TopicAliasMaximum, 0, ushort.MaxValue);
        Range(errors, nameof(MaxOutgoingTopicAliases), MaxOutgoingTopicAliases, 0, ushort.MaxValue);
        Range(errors, nameof(ConnectTimeout), ConnectTimeout.TotalSeconds, 0.1, 3600);
        Range(errors, nameof(WriteTimeout), WriteTimeout.TotalSeconds, 0.1, 3600);
        Range(errors, nameof(MaxSessionExpiry), MaxSessionExpiry.TotalSeconds, 0, uint.MaxValue);
        Range(errors, nameof(MaxKeepAlive), MaxKeepAlive.TotalSeconds, 0, ushort.MaxValue);
        Range(errors, nameof(SweepInterval), SweepInterval.TotalSeconds, 0.01, 60);
        return errors;
    }

    private static void Range<T>(List<string> errors, string name, T value, T low, T high) where T : IComparable<T>
    {
        if (value.CompareTo(low) < 0 || value.CompareTo(high) > 0) errors.Add(FormattableString.Invariant($"{name}: {value} is not between {low} and {high}"));
    }
}
