using Fengsui.Ingest.Payloads;

namespace Fengsui.Ingest.Bridge;

/// <summary>A subscription at the outside broker, and what its topics are called here.</summary>
/// <param name="Pattern">The filter, without the share.</param>
/// <param name="Share">Name of the group whose members share the messages; null for none.</param>
/// <param name="Qos">The highest QoS asked for.</param>
/// <param name="RemovePrefix">Taken from the front of a topic that begins with it.</param>
/// <param name="AddPrefix">Put in front after that.</param>
internal sealed record BridgeRoute(TopicPattern Pattern, string? Share, byte Qos, string RemovePrefix, string AddPrefix)
{
    /// <summary>The filter as the outside broker is asked for it.</summary>
    public string Filter => Share is null ? Pattern.Text : $"$share/{Share}/{Pattern.Text}";

    /// <summary>The topic by our own names.</summary>
    public string Map(string topic) =>
        AddPrefix + (topic.StartsWith(RemovePrefix, StringComparison.Ordinal) ? topic[RemovePrefix.Length..] : topic);
}
