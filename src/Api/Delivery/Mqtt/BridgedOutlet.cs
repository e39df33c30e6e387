using Fengsui.Ingest.Bridge;

namespace Fengsui.Api.Delivery.Mqtt;

/// <summary>An outside broker that a bridge of ours is connected to.</summary>
internal sealed class BridgedOutlet(BridgeLinks links, string bridge) : IMqttOutlet
{
    public Task<string?> PublishAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellation) => links.PublishAsync(bridge, topic, payload, cancellation);

    /// <summary>It is the broker's by then.</summary>
    public Task DurableAsync(CancellationToken cancellation) => Task.CompletedTask;
}
