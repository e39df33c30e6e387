using Fengsui.Api.Configuration;
using Fengsui.Api.Configuration.Sections;
using Fengsui.Ingest.Admission;
using Fengsui.Ingest.Mqtt.Security;
using Fengsui.Ingest.Mqtt.Server;

namespace Fengsui.Api.DataPath;

/// <summary>From the host's options to the MQTT endpoint.</summary>
internal static class MqttSetup
{
    public static MqttBroker Broker(FengsuiOptions options, IIntake intake, TimeProvider time) =>
        new(Limits(options.Mqtt), intake, Authenticator(options), Access(options.Access), time);

    private static MqttServerOptions Limits(MqttSection mqtt) => new()
    {
        MaxConnections = mqtt.MaxConnections,
        ConnectTimeout = mqtt.ConnectTimeout,
        WriteTimeout = mqtt.WriteTimeout,
        MaxPacketSizeBytes = (int)mqtt.MaxPacketBytes,
        MaxTopicLengthBytes = mqtt.MaxTopicBytes,
        MaxTopicLevels = mqtt.MaxTopicLevels,
        ReceiveMaximum = mqtt.ReceiveMaximum,
        TopicAliasMaximum = mqtt.TopicAliasMaximum,
        MaxQueuedMessagesPerSession = mqtt.MaxQueuedMessages,
        MaxQueuedBytesPerSession = mqtt.MaxQueuedBytes,
        MaxRetainedMessages = mqtt.MaxRetainedMessages,
        MaxRetainedBytes = mqtt.MaxRetainedBytes,
        MaxOfflineSessions = mqtt.MaxSessions,
        MaxSessionExpiry = mqtt.MaxSessionExpiry,
        MaxSubscriptionsPerSession = mqtt.MaxSubscriptions,
        MaxKeepAlive = mqtt.MaxKeepAlive,
    };

    private static IMqttAuthenticator Authenticator(FengsuiOptions options)
    {
        var users = options.Users.ToDictionary(user => user.Name, user => Hash(user.PasswordHash), StringComparer.Ordinal);
        return users.Count == 0 && options.Anonymous
            ? new AnonymousAuthenticator()
            : new PasswordAuthenticator(users, options.Anonymous);
    }

    private static PasswordHash Hash(string text) =>
        PasswordHash.TryParse(text, out var hash) ? hash! : throw new InvalidOperationException("a password hash was not checked");
}
