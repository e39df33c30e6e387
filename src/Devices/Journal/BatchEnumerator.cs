using System.Buffers.Binary;

namespace Fengsui.Devices.Journal;

/// <summary>Walks the batches of a block in the order in which they were appended, without allocating.</summary>
public struct BatchEnumerator
{
    private readonly JournalBlock _block;
    private int _next;
    private int _start;

    internal BatchEnumerator(JournalBlock block) => _block = block;

    public readonly JournalBatch Current =>
        new(_block.StartPosition + JournalFormat.BlockHeaderBytes + _next, _block.Span[_start.._next]);

    public readonly BatchEnumerator GetEnumerator() => this;

    public bool MoveNext()
    {
        var payload = _block.Span;
        if (_next >= payload.Length)
            return false;
        _start = _next + JournalFormat.BatchPrefixBytes;
        _next = checked(_start + BinaryPrimitives.ReadInt32LittleEndian(payload[_next..]));
        return true;
    }
}
