namespace Fengsui.Api.Configuration.Sections;

/// <summary>Limits of the MQTT endpoint. Each is a bound on what one client, or all of them, can make the server hold.</summary>
public sealed class MqttSection
{
    /// <summary>Twice the 10,000 gateways of the largest site we know of.</summary>
    public int MaxConnections { get; internal set; } = 20_000;

    /// <summary>From TCP accept to a complete CONNECT: ends slow-loris connections, generous for a modem link.</summary>
    public TimeSpan ConnectTimeout { get; internal set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a client may take nothing while we have data for it before it is closed as a slow reader.</summary>
    public TimeSpan WriteTimeout { get; internal set; } = TimeSpan.FromSeconds(15);

    /// <summary>1 MiB holds a gateway's backlog of some 8,000 samples in one message.</summary>
    public long MaxPacketBytes { get; internal set; } = 1 << 20;

    /// <summary>Topics are a few words; 1,024 bytes leaves room for long device ids and none for the 65,535-slash attack.</summary>
    public int MaxTopicBytes { get; internal set; } = 1024;

    /// <summary>Levels of a topic or filter, since matching costs by level.</summary>
    public int MaxTopicLevels { get; internal set; } = 32;

    /// <summary>QoS 1 and 2 messages that a client may have unacknowledged (receive maximum): 20 in flight is usual, bulk senders use hundreds.</summary>
    public int ReceiveMaximum { get; internal set; } = 1024;

    /// <summary>Aliases per connection and direction; a gateway has a few topics.</summary>
    public int TopicAliasMaximum { get; internal set; } = 256;

    /// <summary>Messages that wait for a subscriber that is away or slow.</summary>
    public int MaxQueuedMessages { get; internal set; } = 1000;

    /// <summary>Bytes that wait for one subscriber.</summary>
    public long MaxQueuedBytes { get; internal set; } = 8 << 20;

    /// <summary>Retained messages in total; each active alert is one.</summary>
    public int MaxRetainedMessages { get; internal set; } = 100_000;

    /// <summary>Bytes of retained messages in total.</summary>
    public long MaxRetainedBytes { get; internal set; } = 64 << 20;

    /// <summary>Sessions kept for clients that are away, since a client with a new random id each time would grow them for ever.</summary>
    public int MaxSessions { get; internal set; } = 50_000;

    /// <summary>Longest session expiry that is granted; a gateway that was away longer re-sends from its own buffer.</summary>
    public TimeSpan MaxSessionExpiry { get; internal set; } = TimeSpan.FromDays(1);

    /// <summary>Subscriptions of one session.</summary>
    public int MaxSubscriptions { get; internal set; } = 256;

    /// <summary>Longest keep alive that is granted; half-open peers are closed at one and a half times it.</summary>
    public TimeSpan MaxKeepAlive { get; internal set; } = TimeSpan.FromMinutes(10);
}
