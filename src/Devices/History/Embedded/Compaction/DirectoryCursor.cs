using Fengsui.Devices.History.Embedded.Groups;
using Fengsui.Devices.History.Embedded.Queries;

namespace Fengsui.Devices.History.Embedded.Compaction;

/// <summary>Walks all chunks of one group in the order of its directory.</summary>
internal sealed class DirectoryCursor(GroupFile group, DamageLog damage)
{
    private DirectoryEntry[] _entries = [];
    private int _block = -1;
    private int _entry;

    public GroupFile Group { get; } = group;

    public ChunkLoader Loader { get; } = new(damage);

    public bool AtEnd { get; private set; }

    public DirectoryEntry Current => _entries[_entry];

    public void MoveNext()
    {
        _entry++;
        while (_entry >= _entries.Length && !AtEnd)
        {
            _entry = 0;
            if (++_block < Group.DirectoryBlocks)
                _entries = ReadBlock();
            else
                AtEnd = true;
        }
    }

    /// <summary>Opens the current chunk with its neighbours read ahead.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public void OpenCurrent()
    {
        if (!Loader.TryOpen(Group, Current, long.MaxValue))
            throw new InvalidDataException($"{Group.Info.File} has a damaged chunk");
    }

    private DirectoryEntry[] ReadBlock()
    {
        try
        {
            return Group.Block(_block);
        }
        catch (InvalidDataException exception)
        {
            damage.Report(Group, -1, exception.Message);
            throw;
        }
    }
}
