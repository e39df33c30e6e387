namespace Fengsui.Devices.Journal;

/// <summary>
/// Reads the blocks of one segment in the order of the file. Bytes that are no intact block are passed over, remembered
/// as damage, and the search goes on for a block that stands where its own header says it does.
/// </summary>
internal sealed class SegmentScanner(SegmentFile segment, IJournalFile file) : IDisposable
{
    private const int SearchBytes = 64 << 10;

    private static readonly byte[] MagicBytes = BitConverter.GetBytes(BlockHeader.Magic);

    private readonly byte[] _search = new byte[SearchBytes];
    private readonly long _length = file.Length;
    private long _offset = JournalFormat.SegmentHeaderBytes;

    public SegmentFile Segment => segment;

    public long Length => _length;

    /// <summary>Offsets of the bytes passed over before the last block found, or before the end; equal when there were none.</summary>
    public (long From, long To) Damage { get; private set; }

    /// <summary>Reads the next intact block into <paramref name="block"/>.</summary>
    /// <param name="journalId">Blocks of another journal are damage; null when not known yet.</param>
    public bool TryNext(JournalBlock block, ulong? journalId)
    {
        var from = Math.Min(_offset, _length);
        for (var candidate = from; candidate < _length; candidate = Find(candidate + 1))
        {
            if (BlockAt.TryRead(segment, file, candidate, _length, block, journalId))
            {
                Damage = (from, candidate);
                _offset = candidate + block.FileBytes.Length;
                return true;
            }
        }

        Damage = (from, _length);
        _offset = _length;
        return false;
    }

    public void Dispose() => file.Dispose();

    /// <summary>Offset of the next place from <paramref name="offset"/> on that could begin a block, or the file's length.</summary>
    private long Find(long offset)
    {
        while (offset < _length)
        {
            var read = file.Read(offset, _search);
            if (read < JournalFormat.BlockHeaderBytes)
                return _length;
            var index = _search.AsSpan(0, read).IndexOf(MagicBytes);
            if (index >= 0)
                return offset + index;
            offset += read - (MagicBytes.Length - 1);
        }

        return _length;
    }
}
