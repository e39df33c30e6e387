using System.Buffers;

namespace Fengsui.Ingest.Mqtt.Codec;

/// <summary>
/// Walks the complete packets of a buffer. A packet inside one segment is handed out in place; one that straddles segments is joined in the
/// scratch. An incomplete packet consumes nothing. The body span is valid until the next call.
/// </summary>
public ref struct PacketReader
{
    private readonly PacketScratch _scratch;
    private readonly int _maxPacketSizeBytes;
    private ReadOnlySequence<byte> _rest;
    private ReadOnlySpan<byte> _span;
    private int _offset;

    public PacketReader(in ReadOnlySequence<byte> buffer, PacketScratch scratch, int maxPacketSizeBytes)
    {
        _rest = buffer;
        _span = buffer.FirstSpan;
        _scratch = scratch;
        _maxPacketSizeBytes = maxPacketSizeBytes;
    }

    /// <summary>Where the first packet not yet handed out begins.</summary>
    public readonly SequencePosition Consumed => _rest.GetPosition(_offset);

    /// <summary>Why the last call answered Malformed.</summary>
    public MalformedCause Cause { get; private set; }

    public ReadStatus TryRead(MqttVersion version, out PacketHeader header, out ReadOnlySpan<byte> body)
    {
        var status = PacketFraming.TryReadHeader(_span[_offset..], version, _maxPacketSizeBytes, out header, out var cause);
        if (status == ReadStatus.Complete && header.TotalLength <= _span.Length - _offset)
        {
            body = _span.Slice(_offset + header.HeaderLength, header.RemainingLength);
            _offset += header.TotalLength;
            return status;
        }
        Cause = cause;
        if (status != ReadStatus.Malformed && !_rest.IsSingleSegment) return ReadAcrossSegments(version, out header, out body);
        body = default;
        return status == ReadStatus.Malformed ? status : ReadStatus.NeedMore;
    }

    private ReadStatus ReadAcrossSegments(MqttVersion version, out PacketHeader header, out ReadOnlySpan<byte> body)
    {
        _rest = _rest.Slice(_offset);
        _span = _rest.FirstSpan;
        _offset = 0;
        body = default;
        var status = PacketFraming.TryReadHeader(_rest, version, _maxPacketSizeBytes, out header, out var cause);
        Cause = cause;
        if (status != ReadStatus.Complete) return status;
        if (_rest.Length < header.TotalLength) return ReadStatus.NeedMore;
        var packet = _rest.Slice(0, header.TotalLength);
        body = packet.IsSingleSegment ? packet.FirstSpan[header.HeaderLength..] : _scratch.Join(packet)[header.HeaderLength..];
        _rest = _rest.Slice(header.TotalLength);
        _span = _rest.FirstSpan;
        return ReadStatus.Complete;
    }
}
