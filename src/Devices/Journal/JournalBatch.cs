namespace Fengsui.Devices.Journal;

/// <summary>One batch of a block. Valid as long as the block is referenced.</summary>
public readonly ref struct JournalBatch(long position, ReadOnlySpan<byte> bytes)
{
    /// <summary>Logical end offset of the batch: what the append returned.</summary>
    public long Position { get; } = position;

    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    public void Deconstruct(out long position, out ReadOnlySpan<byte> bytes)
    {
        position = Position;
        bytes = Bytes;
    }
}
