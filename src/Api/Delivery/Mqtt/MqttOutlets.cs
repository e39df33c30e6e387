using Fengsui.Ingest.Bridge;
using Fengsui.Ingest.Mqtt.Server;

namespace Fengsui.Api.Delivery.Mqtt;

/// <summary>Every place that a receiver of type <c>mqtt</c> can publish at.</summary>
internal sealed class MqttOutlets(MqttBroker broker, Action<Action> whenKept, BridgeLinks links)
{
    /// <param name="bridge">Null for our own endpoint.</param>
    public IMqttOutlet Of(string? bridge) => bridge is null ? new OwnOutlet(broker, whenKept) : new BridgedOutlet(links, bridge);
}
