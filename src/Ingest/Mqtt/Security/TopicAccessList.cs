namespace Fengsui.Ingest.Mqtt.Security;

/// <summary>What is allowed; everything else is denied, so an empty list denies all.</summary>
public sealed class TopicAccessList(IReadOnlyList<TopicAccessRule> rules)
{
    /// <summary>Everything to everyone, for loopback and tests.</summary>
    public static TopicAccessList Everything { get; } = new([new TopicAccessRule(TopicAccessKind.Both, "#")]);

    /// <summary>Nothing to anyone.</summary>
    public static TopicAccessList Nothing { get; } = new([]);

    public IReadOnlyList<TopicAccessRule> Rules { get; } = rules;

    /// <summary>
    /// First level of the topics that only the server publishes to, whatever the rules grant: an alert that a client could
    /// forge or clear is worth nothing. Null: none.
    /// </summary>
    public string? ServerLevel { get; init; }

    internal bool IsServers(ReadOnlySpan<char> topic) =>
        ServerLevel is { } level && topic.StartsWith(level, StringComparison.Ordinal)
            && (topic.Length == level.Length || topic[level.Length] == '/');
}
