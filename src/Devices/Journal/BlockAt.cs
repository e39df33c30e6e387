namespace Fengsui.Devices.Journal;

/// <summary>Reads the block that stands at a given place of a segment, if one does.</summary>
internal static class BlockAt
{
    /// <param name="length">Bytes of the file; nothing behind them is read.</param>
    /// <param name="journalId">Blocks of another journal are none; null when not known yet.</param>
    /// <returns>False when there are other bytes; <paramref name="block"/> then means nothing.</returns>
    public static bool TryRead(SegmentFile segment, IJournalFile file, long offset, long length, JournalBlock block, ulong? journalId)
    {
        Span<byte> bytes = stackalloc byte[JournalFormat.BlockHeaderBytes];
        if (file.Read(offset, bytes) < bytes.Length || !BlockHeader.TryRead(bytes, out var header))
            return false;
        var whole = JournalFormat.BlockHeaderBytes + header.PayloadLength;
        if (header.StartPosition != segment.PositionAt(offset) || offset + whole > length || (journalId is { } id && id != header.JournalId))
            return false;
        var buffer = block.Prepare(whole);
        if (file.Read(offset, buffer) < whole || !BlockHeader.IsIntact(buffer))
            return false;
        if (BlockHeader.VersionOf(buffer) != JournalFormat.Version)
            throw new JournalFormatException($"{segment.Name} holds a block of format version {BlockHeader.VersionOf(buffer)} at byte {offset}; this program reads version {JournalFormat.Version}.");
        return block.TryLoad(header);
    }
}
