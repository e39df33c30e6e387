using System.Text;

namespace Fengsui.Ingest.Mqtt.Client;

/// <summary>A message of ours until the server has taken it.</summary>
internal sealed class OutboundMessage(MqttMessage message)
{
    public MqttMessage Message { get; } = message;

    public byte[] Topic { get; } = Encoding.UTF8.GetBytes(message.Topic);

    /// <summary>0 with QoS 0, and while the message waits for the in-flight window.</summary>
    public ushort PacketId { get; set; }

    /// <summary>Sent at least once in this session, so that the next time is a re-send.</summary>
    public bool WasSent { get; set; }

    /// <summary>Sent on the present connection.</summary>
    public bool IsSent { get; set; }

    /// <summary>QoS 2: PUBREC came, PUBCOMP is awaited.</summary>
    public bool IsReleased { get; set; }

    public TaskCompletionSource<MqttPublishResult> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
