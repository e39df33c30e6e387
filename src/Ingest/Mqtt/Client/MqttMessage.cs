namespace Fengsui.Ingest.Mqtt.Client;

/// <summary>A message to publish. <see cref="Properties"/> is an encoded MQTT 5 section (see PropertyWriter), empty for 3.1.1.</summary>
public sealed record MqttMessage(string Topic, ReadOnlyMemory<byte> Payload, byte Qos = 1, bool Retain = false)
{
    public ReadOnlyMemory<byte> Properties { get; init; }
}
