using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fengsui.Devices.Records;
using Fengsui.Rules.Model;

namespace Fengsui.Ingest.Decoding;

/// <summary>
/// One connection's batch in the making: rows and dead letters behind room for the header. Grows to its bound once and
/// is reused; owned by the connection's read loop.
/// </summary>
internal sealed class RowStage
{
    private byte[] _bytes = new byte[16 * 1024];
    private int _length = ReadingsBatch.HeaderBytes;

    /// <summary>Bytes at which the stage wants to be committed: well below a journal block.</summary>
    public const int FullBytes = 192 * 1024;

    public int Length => _length;

    public bool IsEmpty => _length == ReadingsBatch.HeaderBytes && Received == 0;

    public bool IsFull => _length >= FullBytes;

    /// <summary>Readings that the staged messages held; a message that could not be decoded counts as one.</summary>
    public int Received { get; private set; }

    /// <summary>Of these, those that are neither in a row nor in a dead letter.</summary>
    public int Refused { get; private set; }

    /// <summary>The batch with its header filled in.</summary>
    public ReadOnlySpan<byte> Complete(int source, long receiveTimeMs)
    {
        ReadingsBatch.WriteHeader(_bytes, source, receiveTimeMs, Received, Refused);
        return _bytes.AsSpan(0, _length);
    }

    public void Clear()
    {
        _length = ReadingsBatch.HeaderBytes;
        Received = 0;
        Refused = 0;
    }

    /// <summary>Takes back what was staged since the stage stood at <paramref name="length"/> and <paramref name="received"/>.</summary>
    public void Rewind(int length, int received)
    {
        _length = length;
        Received = received;
    }

    /// <summary>Room for the values of a row of <paramref name="count"/> readings, all good; <see cref="Complete(in RowHead,Shape)"/> makes it one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> ReserveRow(int count) =>
        Reserve(RowEntry.SizeBytes(count, qualities: false))[RowEntry.HeaderBytes..];

    /// <summary>Makes the values written into the last <see cref="ReserveRow"/> a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Complete(in RowHead head, Shape shape)
    {
        var size = RowEntry.SizeBytes(shape.Count, qualities: false);
        WriteHead(_bytes.AsSpan(_length, size), head, shape.Id);
        _length += size;
        Received += shape.Count;
    }

    /// <summary>Stages one row; an empty <paramref name="qualities"/> means that all are good.</summary>
    public void Row(in RowHead head, int shape, ReadOnlySpan<double> values, ReadOnlySpan<Quality> qualities)
    {
        var flagged = qualities.IsEmpty ? head : head with { Flags = head.Flags | RowFlags.HasQualities };
        var size = RowEntry.SizeBytes(values.Length, !qualities.IsEmpty);
        var entry = Reserve(size);
        WriteHead(entry, flagged, shape);
        MemoryMarshal.AsBytes(values).CopyTo(entry[RowEntry.HeaderBytes..]);
        MemoryMarshal.AsBytes(qualities).CopyTo(entry[(RowEntry.HeaderBytes + values.Length * sizeof(double))..]);
        _length += size;
        Received += values.Length;
    }

    public void DeadLetter(RejectReason reason, ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload)
    {
        var size = DeadLetterEntry.SizeBytes(topic.Length, payload.Length);
        DeadLetterEntry.Write(Reserve(size), reason, topic, payload);
        _length += size;
        Received++;
    }

    /// <summary>Counts a message, or what is left of one, that is kept nowhere.</summary>
    public void Refuse()
    {
        Received++;
        Refused++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteHead(Span<byte> entry, in RowHead head, int shape) =>
        RowEntry.WriteHeader(entry, head.Flags, head.Device, shape, head.Fingerprint, head.EventTimeMs);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Reserve(int size)
    {
        if (_bytes.Length - _length < size)
        {
            Grow(size);
        }

        return _bytes.AsSpan(_length, size);
    }

    private void Grow(int size)
    {
        var larger = new byte[Math.Max(_bytes.Length * 2, _length + size)];
        _bytes.AsSpan(0, _length).CopyTo(larger);
        _bytes = larger;
    }
}
