namespace Fengsui.Ingest.Mqtt.Client;

/// <summary>What the server publishes when this client goes without a DISCONNECT. The delay exists in MQTT 5 only.</summary>
public sealed record MqttWill(string Topic, ReadOnlyMemory<byte> Payload, byte Qos = 1, bool Retain = false)
{
    public TimeSpan Delay { get; init; }
}
