using System.Buffers;

namespace Fengsui.Ingest.Mqtt.Codec;

/// <summary>Reads fixed headers. A packet is refused as soon as its header shows that it is reserved, wrongly flagged or too large.</summary>
public static class PacketFraming
{
    private const int MaxHeaderLength = 5;

    /// <summary>Reads the header at the start of <paramref name="source"/>; the body need not be there.</summary>
    public static ReadStatus TryReadHeader(ReadOnlySpan<byte> source, MqttVersion version, int maxPacketSizeBytes, out PacketHeader header, out MalformedCause cause)
    {
        header = default;
        cause = MalformedCause.None;
        if (source.Length == 0) return ReadStatus.NeedMore;
        var first = source[0];
        if (!FlagsAreValid(first, version, out cause)) return ReadStatus.Malformed;
        if (source.Length > 1 && source[1] < 0x80) return Accept(first, source[1], 2, maxPacketSizeBytes, out header, out cause);
        return ReadLongHeader(source, version, maxPacketSizeBytes, out header, out cause);
    }

    /// <summary>As the span form, for input that lies in several segments.</summary>
    public static ReadStatus TryReadHeader(in ReadOnlySequence<byte> source, MqttVersion version, int maxPacketSizeBytes, out PacketHeader header, out MalformedCause cause)
    {
        if (source.FirstSpan.Length >= MaxHeaderLength || source.IsSingleSegment)
            return TryReadHeader(source.FirstSpan, version, maxPacketSizeBytes, out header, out cause);
        Span<byte> start = stackalloc byte[MaxHeaderLength];
        var length = (int)Math.Min(source.Length, MaxHeaderLength);
        source.Slice(0, length).CopyTo(start);
        return TryReadHeader(start[..length], version, maxPacketSizeBytes, out header, out cause);
    }

    private static ReadStatus ReadLongHeader(ReadOnlySpan<byte> source, MqttVersion version, int maxPacketSizeBytes, out PacketHeader header, out MalformedCause cause)
    {
        header = default;
        cause = MalformedCause.None;
        var status = VariableInteger.Read(source[1..], out var remaining, out var length);
        if (status == ReadStatus.NeedMore) return status;
        if (status == ReadStatus.Malformed) cause = MalformedCause.RemainingLengthTooLong;
        else if (version == MqttVersion.V5 && length != VariableInteger.LengthOf(remaining)) cause = MalformedCause.NonMinimalLength;
        return cause != MalformedCause.None ? ReadStatus.Malformed : Accept(source[0], remaining, 1 + length, maxPacketSizeBytes, out header, out cause);
    }

    private static ReadStatus Accept(byte first, int remaining, int headerLength, int maxPacketSizeBytes, out PacketHeader header, out MalformedCause cause)
    {
        header = new PacketHeader((PacketType)(first >> 4), (byte)(first & 0x0F), remaining, headerLength);
        cause = header.TotalLength > maxPacketSizeBytes ? MalformedCause.PacketTooLarge : MalformedCause.None;
        return cause == MalformedCause.None ? ReadStatus.Complete : ReadStatus.Malformed;
    }

    private static bool FlagsAreValid(byte first, MqttVersion version, out MalformedCause cause)
    {
        var flags = first & 0x0F;
        cause = (PacketType)(first >> 4) switch
        {
            PacketType.Publish => (flags & 0x06) == 0x06 ? MalformedCause.InvalidQos
                : (flags & 0x0E) == 0x08 ? MalformedCause.DupWithQos0 : MalformedCause.None,
            PacketType.PubRel or PacketType.Subscribe or PacketType.Unsubscribe => flags == 2 ? MalformedCause.None : MalformedCause.ReservedFlags,
            PacketType.Reserved => MalformedCause.ReservedPacketType,
            PacketType.Auth when version == MqttVersion.V311 => MalformedCause.ReservedPacketType,
            _ => flags == 0 ? MalformedCause.None : MalformedCause.ReservedFlags,
        };
        return cause == MalformedCause.None;
    }
}
