namespace Fengsui.Ingest.Mqtt.Security;

/// <summary>What is allowed; everything else is denied, so an empty list denies all.</summary>
public sealed class TopicAccessList(IReadOnlyList<TopicAccessRule> rules)
{
    /// <summary>Everything to everyone, for loopback and tests.</summary>
    public static TopicAccessList Everything { get; } = new([new TopicAccessRule(TopicAccessKind.Both, "#")]);

    /// <summary>Nothing to anyone.</summary>
    public static TopicAccessList Nothing { get; } = new([]);

    public IReadOnlyList<TopicAccessRule> Rules { get; } = rules;
}
