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
    public int Received { get; set; }

    /// <summary>Of these, those that are neither in a row nor in a dead letter.</summary>
    public int Refused { get; set; }

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

    /// <summary>Takes back what was staged since <see cref="Length"/> was <paramref name="length"/>.</summary>
    public void Rewind(int length) => _length = length;

    /// <summary>Room for one entry of <paramref name="size"/> bytes at the end; <see cref="Advance"/> makes it part of the batch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Reserve(int size)
    {
        if (_bytes.Length - _length < size)
        {
            Grow(size);
        }

        return _bytes.AsSpan(_length, size);
    }

    public void Advance(int size) => _length += size;

    /// <summary>Stages one row; an empty <paramref name="qualities"/> means that all are good.</summary>
    public void Row(
        int device,
        int shape,
        RowFlags flags,
        uint fingerprint,
        long eventTimeMs,
        ReadOnlySpan<double> values,
        ReadOnlySpan<Quality> qualities)
    {
        flags |= qualities.IsEmpty ? RowFlags.None : RowFlags.HasQualities;
        var size = RowEntry.SizeBytes(values.Length, !qualities.IsEmpty);
        var entry = Reserve(size);
        RowEntry.WriteHeader(entry, flags, device, shape, fingerprint, eventTimeMs);
        MemoryMarshal.AsBytes(values).CopyTo(entry[RowEntry.HeaderBytes..]);
        MemoryMarshal.AsBytes(qualities).CopyTo(entry[(RowEntry.HeaderBytes + values.Length * sizeof(double))..]);
        Advance(size);
        Received += values.Length;
    }

    public void DeadLetter(RejectReason reason, ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload)
    {
        var size = DeadLetterEntry.SizeBytes(topic.Length, payload.Length);
        DeadLetterEntry.Write(Reserve(size), reason, topic, payload);
        Advance(size);
        Received++;
    }

    private void Grow(int size)
    {
        var larger = new byte[Math.Max(_bytes.Length * 2, _length + size)];
        _bytes.AsSpan(0, _length).CopyTo(larger);
        _bytes = larger;
    }
}
