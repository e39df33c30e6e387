using Fengsui.Ingest.Mqtt.Codec;
using Fengsui.Ingest.Mqtt.Sessions;

namespace Fengsui.Ingest.Mqtt.Subscriptions;

/// <summary>One session's interest in one filter. <see cref="Filter"/> is as the client wrote it; <see cref="Identifier"/> 0 = none.</summary>
internal sealed class Subscription(MqttSession session, string filter, SubscriptionOptions options, uint identifier)
{
    private const string SharePrefix = "$share/";

    public MqttSession Session { get; } = session;

    public string Filter { get; } = filter;

    public SubscriptionOptions Options { get; } = options;

    public uint Identifier { get; } = identifier;

    public bool IsShared => Filter.StartsWith(SharePrefix, StringComparison.Ordinal);

    /// <summary>The filter that topics are matched against: without <c>$share/name/</c>.</summary>
    public ReadOnlySpan<char> TopicFilter => MatchedPart(Filter);

    public string ShareName => IsShared ? Filter[SharePrefix.Length..Filter.IndexOf('/', SharePrefix.Length)] : "";

    public static ReadOnlySpan<char> MatchedPart(string filter)
        => filter.StartsWith(SharePrefix, StringComparison.Ordinal) ? filter.AsSpan(filter.IndexOf('/', SharePrefix.Length) + 1) : filter;
}
