using Fengsui.Api.Delivery.Mqtt;
using Fengsui.Devices.Alerts.Outbox;
using Fengsui.Rules.Parsing;

namespace Fengsui.Api.Delivery.Configuration;

/// <summary>Topics of our own endpoint, or of a bridged broker.</summary>
/// <param name="bridge">Null for our own endpoint.</param>
/// <param name="bridgeSpot">Where the file names it.</param>
internal sealed class MqttDefinition(string? bridge, SourceSpot bridgeSpot, string prefix) : ReceiverDefinition
{
    public string? Bridge => bridge;

    public SourceSpot BridgeSpot => bridgeSpot;

    public override string Kind => "mqtt";

    public override string Address => bridge is null ? prefix : $"{bridge}: {prefix}";

    public override IAlertReceiver Open(ReceiverContext context) =>
        new MqttReceiver((context.Mqtt ?? throw new InvalidOperationException("there is no endpoint to publish at")).Of(bridge), prefix);
}
