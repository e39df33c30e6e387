namespace Fengsui.Ingest.Mqtt.Client;

/// <summary>A QoS 2 message from the server between its PUBLISH and its PUBREL.</summary>
internal sealed class InboundExchange
{
    /// <summary>The application has acknowledged it: PUBREC is sent, and a repeated PUBLISH is answered at once.</summary>
    public bool IsReceived { get; set; }

    /// <summary>Where the PUBREC belongs: on the connection that brought the PUBLISH last.</summary>
    public required AckSequencer.PendingAck Ack { get; set; }
}
