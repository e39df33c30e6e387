using Fengsui.Ingest.Mqtt.Server;

namespace Fengsui.Api.Configuration.Sections;

/// <summary>
/// Limits of the MQTT endpoint: each is a bound on what one client, or all of them, can make the server hold. The
/// defaults and the reasons for them are those of <see cref="MqttServerOptions"/>.
/// </summary>
public sealed class MqttSection
{
    private static readonly MqttServerOptions Defaults = new();

    public int MaxConnections { get; internal set; } = Defaults.MaxConnections;

    public TimeSpan ConnectTimeout { get; internal set; } = Defaults.ConnectTimeout;

    public TimeSpan WriteTimeout { get; internal set; } = Defaults.WriteTimeout;

    public long MaxPacketBytes { get; internal set; } = Defaults.MaxPacketSizeBytes;

    public int MaxTopicBytes { get; internal set; } = Defaults.MaxTopicLengthBytes;

    public int MaxTopicLevels { get; internal set; } = Defaults.MaxTopicLevels;

    public int ReceiveMaximum { get; internal set; } = Defaults.ReceiveMaximum;

    public int TopicAliasMaximum { get; internal set; } = Defaults.TopicAliasMaximum;

    /// <summary>For each subscriber that is away or slow.</summary>
    public int MaxQueuedMessages { get; internal set; } = Defaults.MaxQueuedMessagesPerSession;

    /// <summary>For each subscriber that is away or slow.</summary>
    public long MaxQueuedBytes { get; internal set; } = Defaults.MaxQueuedBytesPerSession;

    public int MaxRetainedMessages { get; internal set; } = Defaults.MaxRetainedMessages;

    public long MaxRetainedBytes { get; internal set; } = Defaults.MaxRetainedBytes;

    /// <summary>Sessions kept for clients that are away.</summary>
    public int MaxSessions { get; internal set; } = Defaults.MaxOfflineSessions;

    public TimeSpan MaxSessionExpiry { get; internal set; } = Defaults.MaxSessionExpiry;

    /// <summary>For each session.</summary>
    public int MaxSubscriptions { get; internal set; } = Defaults.MaxSubscriptionsPerSession;

    public TimeSpan MaxKeepAlive { get; internal set; } = Defaults.MaxKeepAlive;
}
