namespace Fengsui.Ingest.Mqtt.Codec;

/// <summary>The fixed header: type, the four flag bits, length of the rest (0..268,435,455 bytes) and of the header itself (2..5 bytes).</summary>
public readonly record struct PacketHeader(PacketType Type, byte Flags, int RemainingLength, int HeaderLength)
{
    /// <summary>Bytes of the whole packet on the wire.</summary>
    public int TotalLength => HeaderLength + RemainingLength;
}
