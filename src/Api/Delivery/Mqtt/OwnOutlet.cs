using Fengsui.Ingest.Mqtt.Server;

namespace Fengsui.Api.Delivery.Mqtt;

/// <summary>Our own endpoint.</summary>
/// <param name="whenKept">Calls back when the sessions and what waits in them are on the disk.</param>
internal sealed class OwnOutlet(MqttBroker broker, Action<Action> whenKept) : IMqttOutlet
{
    private const byte Qos = 1;

    private static readonly PublishProperties Properties = new() { ContentType = "application/json", IsText = true };

    public Task<string?> PublishAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        broker.Publish(topic, payload, Qos, retain: false, Properties);
        return Task.FromResult<string?>(null);
    }

    public Task DurableAsync(CancellationToken cancellation)
    {
        var kept = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        whenKept(kept.SetResult);
        return kept.Task.WaitAsync(cancellation);
    }
}
