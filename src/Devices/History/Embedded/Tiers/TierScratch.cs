using Fengsui.Devices.History.Embedded.Groups;
using Fengsui.Devices.History.Embedded.Queries;

namespace Fengsui.Devices.History.Embedded.Tiers;

/// <summary>What readers of tiers use again and again; for one thread.</summary>
internal sealed class TierScratch(DamageLog damage)
{
    private readonly ChunkLoader _loader = new(damage);
    private readonly TierChunk _codec = new();
    private readonly Stack<TierColumns> _spare = new();
    private readonly List<DirectoryEntry> _found = [];

    public TierColumns Rent() => _spare.Count > 0 ? _spare.Pop() : new TierColumns();

    public void Return(TierColumns columns) => _spare.Push(columns);

    /// <summary>The series' chunks that overlap the range, by time.</summary>
    public List<DirectoryEntry> Find(GroupFile group, int device, ushort metric, long fromMs, long toMs)
    {
        _found.Clear();
        _loader.Find(group, device, fromMs, toMs, _found);
        return _found.FindAll(entry => TierEntry.MetricOf(entry) == metric);
    }

    /// <summary>False when the chunk is damaged, which is reported.</summary>
    public bool TryRead(GroupFile group, in DirectoryEntry entry, TierColumns columns)
    {
        if (!_loader.TryLoad(group, entry))
            return false;
        try
        {
            _codec.Decode(_loader.Chunk.Span, columns);
            return true;
        }
        catch (InvalidDataException exception)
        {
            damage.Report(group, entry.Offset, exception.Message);
            return false;
        }
    }
}
