using System.Collections.Concurrent;
using Fengsui.Ingest.Mqtt.Client;
using Fengsui.Ingest.Sources;

namespace Fengsui.Ingest.Bridge;

/// <summary>The bridges that are connected now, for others who have something to publish there. Any thread.</summary>
public sealed class BridgeLinks
{
    /// <summary>What sources that are bridges are called in the configuration's catalog.</summary>
    public const string Protocol = BridgeOptions.Protocol;

    private readonly ConcurrentDictionary<string, BridgeLink> _open = new(StringComparer.Ordinal);

    /// <summary>Publishes with QoS 1; calls that begin one after the other arrive in that order.</summary>
    /// <returns>Why the broker did not take it, as a sentence; null when it did.</returns>
    public Task<string?> PublishAsync(string bridge, string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellation) =>
        _open.TryGetValue(bridge, out var link) ? link.PublishAsync(topic, payload, cancellation) : Task.FromResult<string?>($"the bridge '{bridge}' is not connected");

    internal BridgeLink Open(string bridge, MqttClient client, SourceConnection report)
    {
        var link = new BridgeLink(client, report, ended => _open.TryRemove(KeyValuePair.Create(bridge, ended)));
        _open[bridge] = link;
        return link;
    }
}
