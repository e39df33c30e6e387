using Fengsui.Ingest.Mqtt.Codec;

namespace Fengsui.Ingest.Mqtt.Client;

/// <summary>
/// A message from the server. With QoS 1 and 2 the server keeps it until <see cref="Acknowledge"/>, so call that only once
/// the message is safe. An acknowledgement after the connection is gone has no effect: the server sends the message again.
/// </summary>
public sealed class MqttReceived
{
    private readonly Action<ReasonCode>? _acknowledge;

    internal MqttReceived(string topic, byte[] payload, byte[] properties, byte qos, bool retain, bool duplicate, ushort packetId, Action<ReasonCode>? acknowledge)
    {
        Topic = topic;
        Payload = payload;
        Properties = properties;
        Qos = qos;
        Retain = retain;
        IsDuplicate = duplicate;
        PacketId = packetId;
        _acknowledge = acknowledge;
    }

    public string Topic { get; }

    public byte[] Payload { get; }

    /// <summary>The MQTT 5 property section, validated; walk it with PropertyReader.</summary>
    public byte[] Properties { get; }

    public byte Qos { get; }

    public bool Retain { get; }

    /// <summary>The server says that it may have sent this message before.</summary>
    public bool IsDuplicate { get; }

    /// <summary>1..65,535 with QoS 1 and 2, otherwise 0. A message that is sent again has the number that it had.</summary>
    public ushort PacketId { get; }

    /// <summary>Tells the server that it may forget the message. Idempotent; nothing to do with QoS 0.</summary>
    public void Acknowledge(ReasonCode reason = ReasonCode.Success) => _acknowledge?.Invoke(reason);
}
