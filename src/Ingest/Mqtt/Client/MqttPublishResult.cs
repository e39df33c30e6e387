using Fengsui.Ingest.Mqtt.Codec;

namespace Fengsui.Ingest.Mqtt.Client;

/// <summary>How publishing ended; <paramref name="Reason"/> is the server's when it gave one.</summary>
public readonly record struct MqttPublishResult(MqttPublishOutcome Outcome, ReasonCode Reason = ReasonCode.Success)
{
    public bool IsDelivered => Outcome == MqttPublishOutcome.Delivered;
}
