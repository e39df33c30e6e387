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
        new(Limits(options.Mqtt), intake, Authenticator(options), Access(options), time);

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

    /// <summary>The list names users or patterns over them; the endpoint knows exact names, and null for everybody.</summary>
    private static TopicAccessList Access(FengsuiOptions options)
    {
        var rules = new List<TopicAccessRule>();
        foreach (var entry in options.Access)
        {
            foreach (var user in UsersOf(entry, options.Users))
            {
                rules.AddRange(entry.Publish.Select(filter => new TopicAccessRule(TopicAccessKind.Publish, filter, user)));
                rules.AddRange(entry.Subscribe.Select(filter => new TopicAccessRule(TopicAccessKind.Subscribe, filter, user)));
            }
        }

        return new TopicAccessList(rules) { ServerLevel = options.Alerts.TopicPrefix };
    }

    private static IEnumerable<string?> UsersOf(AccessEntry entry, IReadOnlyList<UserEntry> users) =>
        entry.Users.Contains(AccessEntry.Everybody)
            ? Enumerable.Repeat<string?>(null, 1)
            : users.Select(user => user.Name).Where(name => entry.Users.Any(pattern => Glob.IsMatch(pattern, name)));
}
