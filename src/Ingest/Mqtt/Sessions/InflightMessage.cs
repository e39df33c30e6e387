namespace Fengsui.Ingest.Mqtt.Sessions;

/// <summary>A QoS 1 or 2 message that has been sent and is not completed. <see cref="Released"/>: PUBREC came, PUBCOMP is awaited.</summary>
internal sealed class InflightMessage(ushort packetId, long sequence, OutboundEntry entry)
{
    public ushort PacketId { get; } = packetId;

    /// <summary>Order of first sending, kept when sent again.</summary>
    public long Sequence { get; } = sequence;

    public OutboundEntry Entry { get; } = entry;

    public bool Released { get; set; }

    /// <summary>True when it takes a place in the window of the present connection.</summary>
    public bool InWindow { get; set; }
}
