using System.Buffers.Binary;

namespace Fengsui.Devices.Journal;

/// <summary>
/// One group commit: the batches that became durable together, as they stand on disk. Pooled and reference counted; the
/// last <see cref="Release"/> gives the buffer back to the appenders, so nothing of a block may be used after one's own release.
/// </summary>
public sealed class JournalBlock
{
    private readonly Action<JournalBlock> _recycle;
    private byte[] _bytes;
    private int _references;
    private int _length;

    internal JournalBlock(int payloadCapacity, Action<JournalBlock> recycle)
    {
        _bytes = GC.AllocateUninitializedArray<byte>(JournalFormat.BlockHeaderBytes + payloadCapacity);
        _recycle = recycle;
    }

    /// <summary>Position of the block's first byte.</summary>
    public long StartPosition { get; private set; }

    /// <summary>Position after the block's last byte: that of its last batch.</summary>
    public long EndPosition { get; private set; }

    /// <summary>1, 2, 3… over the journal's life, without holes but for lost blocks.</summary>
    public long Sequence { get; private set; }

    /// <summary>Wall clock when the block was closed, Unix ms. It follows the machine's clock and so may step back.</summary>
    public long CommitTimeMs { get; private set; }

    public int BatchCount { get; private set; }

    /// <summary>Length-prefixed batches, as on disk.</summary>
    public ReadOnlyMemory<byte> Payload => _bytes.AsMemory(JournalFormat.BlockHeaderBytes, _length - JournalFormat.BlockHeaderBytes);

    public BatchEnumerator Batches => new(this);

    internal ReadOnlySpan<byte> Span => _bytes.AsSpan(JournalFormat.BlockHeaderBytes, _length - JournalFormat.BlockHeaderBytes);

    /// <summary>Header and payload.</summary>
    internal ReadOnlySpan<byte> FileBytes => _bytes.AsSpan(0, _length);

    internal long PreviousEnd { get; private set; }

    internal ulong JournalId { get; private set; }

    /// <summary>Who waits for this block; used by the append side only.</summary>
    internal WaiterList Waiters { get; } = new();

    /// <summary>Clock timestamp of the first batch; used by the append side only.</summary>
    internal long OpenedAt { get; set; }

    public void AddReference()
    {
        if (Interlocked.Increment(ref _references) <= 1)
            throw new InvalidOperationException("A journal block was referenced after its last release.");
    }

    public void Release()
    {
        var left = Interlocked.Decrement(ref _references);
        if (left == 0)
            _recycle(this);
        else if (left < 0)
            throw new InvalidOperationException("A journal block was released more often than it was referenced.");
    }

    /// <summary>Has the system back the buffer with memory now: the first append to a fresh page would pay for it under the lock.</summary>
    internal void Touch() => _bytes.AsSpan().Clear();

    /// <summary>Empties the block for appends from <paramref name="startPosition"/> on, with one reference.</summary>
    internal void Begin(long startPosition)
    {
        StartPosition = startPosition;
        EndPosition = startPosition + JournalFormat.BlockHeaderBytes;
        BatchCount = 0;
        _length = JournalFormat.BlockHeaderBytes;
        Volatile.Write(ref _references, 1);
    }

    /// <summary>Appends a batch given in two parts; false when it does not fit.</summary>
    internal bool TryAdd(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        var size = JournalFormat.BatchPrefixBytes + head.Length + body.Length;
        var room = _bytes.AsSpan(_length);
        if (size > room.Length)
            return false;
        BinaryPrimitives.WriteInt32LittleEndian(room, head.Length + body.Length);
        head.CopyTo(room[JournalFormat.BatchPrefixBytes..]);
        body.CopyTo(room[(JournalFormat.BatchPrefixBytes + head.Length)..]);
        _length += size;
        EndPosition += size;
        BatchCount++;
        return true;
    }

    /// <summary>Fills the header; from here on the bytes are what will stand on disk, however often they must be written.</summary>
    internal void Seal(long previousEnd, long sequence, long commitTimeMs, ulong journalId)
    {
        PreviousEnd = previousEnd;
        Sequence = sequence;
        CommitTimeMs = commitTimeMs;
        new BlockHeader(_length - JournalFormat.BlockHeaderBytes, BatchCount, StartPosition, previousEnd, sequence, commitTimeMs, journalId)
            .Write(_bytes.AsSpan(0, _length));
    }

    /// <summary>A buffer for a block of that many bytes (header included) to be read from a file, grown when need be.</summary>
    internal Span<byte> Prepare(int length)
    {
        if (_bytes.Length < length)
            _bytes = GC.AllocateUninitializedArray<byte>(length);
        return _bytes.AsSpan(0, length);
    }

    /// <summary>Takes over what was read into <see cref="Prepare"/>'s buffer, with one reference; false when the batches do not add up.</summary>
    internal bool TryLoad(in BlockHeader header)
    {
        _length = JournalFormat.BlockHeaderBytes + header.PayloadLength;
        StartPosition = header.StartPosition;
        EndPosition = header.EndPosition;
        PreviousEnd = header.PreviousEnd;
        JournalId = header.JournalId;
        Sequence = header.Sequence;
        CommitTimeMs = header.CommitTimeMs;
        BatchCount = header.BatchCount;
        Volatile.Write(ref _references, 1);
        return BatchesAddUp();
    }

    private bool BatchesAddUp()
    {
        var rest = Span;
        var count = 0;
        for (; rest.Length >= JournalFormat.BatchPrefixBytes; count++)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(rest);
            if (length < 0 || length > rest.Length - JournalFormat.BatchPrefixBytes)
                return false;
            rest = rest[(JournalFormat.BatchPrefixBytes + length)..];
        }

        return rest.IsEmpty && count == BatchCount;
    }
}
