using Fengsui.Devices.History.Embedded.Columns;
using Fengsui.Devices.History.Embedded.Groups;

namespace Fengsui.Devices.History.Embedded.Queries;

/// <summary>
/// Reads and verifies chunks for one reader, with a buffer that it keeps. Damage is reported once, and the chunk is passed
/// over. Chunks that lie side by side are read at once.
/// </summary>
internal sealed class ChunkLoader(DamageLog damage)
{
    /// <summary>Bytes read ahead when the next chunks asked for are likely the neighbours.</summary>
    private const int ReadAheadBytes = 256 << 10;

    private byte[] _buffer = [];
    private GroupFile? _group;
    private long _start;
    private int _length;

    public ChunkReader Reader { get; } = new();

    /// <summary>The bytes of the chunk that was opened last.</summary>
    public ReadOnlyMemory<byte> Chunk { get; private set; }

    /// <summary>As <see cref="GroupFile.Find"/>, with damage reported instead of thrown.</summary>
    public void Find(GroupFile group, int device, long fromMs, long toMs, List<DirectoryEntry> found)
    {
        try
        {
            group.Find(device, fromMs, toMs, found);
        }
        catch (InvalidDataException exception)
        {
            damage.Report(group, -1, exception.Message);
        }
    }

    /// <summary>Makes <see cref="Reader"/> read the chunk; false when it is damaged.</summary>
    /// <param name="runBytes">Bytes from the chunk's start that will be wanted, when the neighbours are wanted too.</param>
    public bool TryOpen(GroupFile group, in DirectoryEntry entry, long runBytes = 0)
    {
        if (!TryLoad(group, entry, runBytes))
            return false;
        try
        {
            Reader.Open(Chunk);
            return true;
        }
        catch (InvalidDataException exception)
        {
            damage.Report(group, entry.Offset, exception.Message);
            return false;
        }
    }

    /// <summary>Only reads and verifies the bytes of <see cref="Chunk"/>; false when they are damaged.</summary>
    public bool TryLoad(GroupFile group, in DirectoryEntry entry, long runBytes = 0)
    {
        try
        {
            Chunk = Load(group, entry, runBytes);
            GroupFile.Verify(entry, Chunk.Span);
            return true;
        }
        catch (InvalidDataException exception)
        {
            damage.Report(group, entry.Offset, exception.Message);
            return false;
        }
    }

    private ReadOnlyMemory<byte> Load(GroupFile group, in DirectoryEntry entry, long runBytes)
    {
        var inside = ReferenceEquals(group, _group) && entry.Offset >= _start && entry.Offset + entry.Length <= _start + _length;
        if (!inside)
        {
            var ahead = Math.Min(Math.Min(runBytes, ReadAheadBytes), group.ChunkAreaEnd - entry.Offset);
            _length = (int)Math.Max(entry.Length, ahead);
            if (entry.Length < 0 || _length < 0)
                throw new InvalidDataException("a chunk has a negative length");
            if (_buffer.Length < _length)
                _buffer = new byte[_length];
            (_group, _start) = (null, entry.Offset);
            group.Read(entry.Offset, _buffer.AsSpan(0, _length));
            _group = group;
        }

        return _buffer.AsMemory((int)(entry.Offset - _start), entry.Length);
    }
}
