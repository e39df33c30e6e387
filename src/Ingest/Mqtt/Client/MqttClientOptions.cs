using System.Net.Security;
using Fengsui.Ingest.Mqtt.Codec;

namespace Fengsui.Ingest.Mqtt.Client;

/// <summary>Where and how a client connects, and the bounds of all that it keeps.</summary>
public sealed class MqttClientOptions
{
    public string Host { get; init; } = "127.0.0.1";

    public int Port { get; init; } = 1883;

    /// <summary>TLS when present; its target host defaults to <see cref="Host"/>.</summary>
    public SslClientAuthenticationOptions? Tls { get; init; }

    public MqttVersion Version { get; init; } = MqttVersion.V5;

    public required string ClientId { get; init; }

    public string? UserName { get; init; }

    public string? Password { get; init; }

    /// <summary>Forget an earlier session at the first connect. A reconnect always asks for the session again.</summary>
    public bool CleanStart { get; init; } = true;

    /// <summary>How long the server keeps the session after a loss (MQTT 5). Zero: the session ends with the connection.</summary>
    public TimeSpan SessionExpiry { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Zero turns it off; the server may ask for another.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(30);

    public MqttWill? Will { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> UserProperties { get; init; } = [];

    /// <summary>Bound on one attempt to connect, CONNACK included.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Bound on unacknowledged QoS 1 and 2 messages of ours; the server's receive maximum may be lower. 1 to 32,767. The
    /// default is what common servers take at a time: in 3.1.1 they cannot say so, and mosquitto 2.0.11 stalls QoS 2 beyond 20.
    /// </summary>
    public int MaxInFlight { get; init; } = 20;

    /// <summary>Bound on callers that wait for the in-flight window; more get <see cref="MqttPublishOutcome.QueueFull"/>.</summary>
    public int MaxWaitingPublishes { get; init; } = 1024;

    /// <summary>Bound on encoded bytes that wait for the socket; a QoS 0 publish waits for room.</summary>
    public int MaxPendingSendBytes { get; init; } = 1024 * 1024;

    /// <summary>
    /// Bound on messages received and not yet read from the channel. Beyond it a QoS 0 message is dropped and counted; QoS 1
    /// and 2 stop the reading of the socket. In MQTT 5 it is also our receive maximum, so that does not come to pass.
    /// </summary>
    public int IncomingCapacity { get; init; } = 1024;

    /// <summary>A larger packet from the server is a protocol error.</summary>
    public int MaxPacketSizeBytes { get; init; } = 1024 * 1024;

    public TimeSpan FirstReconnectDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The delay doubles up to this, and is then drawn between half and all of itself.</summary>
    public TimeSpan MaxReconnectDelay { get; init; } = TimeSpan.FromSeconds(30);
}
