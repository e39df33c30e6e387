namespace Fengsui.Ingest.Admission;

/// <summary>One PUBLISH as the intake sees it. The spans are valid only during the call.</summary>
public readonly ref struct InboundMessage
{
    public ReadOnlySpan<byte> Topic { get; init; }

    public ReadOnlySpan<byte> Payload { get; init; }

    public byte Qos { get; init; }

    public bool Dup { get; init; }

    public bool Retain { get; init; }

    /// <summary>1..65,535 with QoS 1 and 2, otherwise 0.</summary>
    public ushort PacketId { get; init; }

    /// <summary>
    /// A small dense number (0, 1, 2…) that stands for this topic as long as the connection lives, so that an intake can index an array instead
    /// of hashing the topic; −1 when the topic has no number.
    /// </summary>
    public int TopicCacheSlot { get; init; }
}
