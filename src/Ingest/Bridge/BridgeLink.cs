using Fengsui.Ingest.Mqtt.Client;
using Fengsui.Ingest.Sources;

namespace Fengsui.Ingest.Bridge;

/// <summary>A bridge that is connected, for as long as it is.</summary>
internal sealed class BridgeLink(MqttClient client, SourceConnection report, Action<BridgeLink> close) : IDisposable
{
    /// <returns>Why the broker did not take it; null when it did.</returns>
    public async Task<string?> PublishAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        var result = await client.PublishAsync(new MqttMessage(topic, payload), cancellation).ConfigureAwait(false);
        report.Sent(payload.Length);
        return result.IsDelivered ? null : $"the broker did not take it: {result.Outcome} {result.Reason}";
    }

    public void Dispose() => close(this);
}
