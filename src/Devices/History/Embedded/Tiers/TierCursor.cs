using Fengsui.Devices.History.Embedded.Groups;

namespace Fengsui.Devices.History.Embedded.Tiers;

/// <summary>The buckets of one series in one group, in order. A chunk is decoded only when its time has come.</summary>
internal sealed class TierCursor(GroupFile group, int ordinal, List<DirectoryEntry> entries, TierScratch scratch, long stepMs, long fromMs, long toMs)
{
    private TierColumns? _columns;
    private int _entry;
    private int _row;
    private int _end;

    /// <summary>Place of the group among those of the tier: the higher is the later.</summary>
    public int Ordinal => ordinal;

    public bool AtEnd => _entry >= entries.Count;

    /// <summary>Start of the present bucket; before its chunk is decoded, a bound from below.</summary>
    public long StartMs => _columns is null ? entries[_entry].MinTimeMs : _columns.StartMs(_row, stepMs);

    public bool IsLoaded => _columns is not null;

    public TierBucket Current => _columns!.Bucket(_row, stepMs);

    /// <summary>Decodes the present chunk; passes over chunks that are damaged or hold nothing of the range.</summary>
    public void Load()
    {
        for (; !AtEnd; _entry++)
        {
            var columns = scratch.Rent();
            if (scratch.TryRead(group, entries[_entry], columns))
            {
                _row = columns.LowerBound(0, fromMs, stepMs);
                _end = columns.LowerBound(_row, toMs, stepMs);
                if (_row < _end)
                {
                    _columns = columns;
                    return;
                }
            }

            scratch.Return(columns);
        }
    }

    /// <summary>To the next bucket; the next chunk is not decoded yet.</summary>
    public void MoveNext()
    {
        if (++_row < _end)
            return;
        scratch.Return(_columns!);
        _columns = null;
        _entry++;
    }
}
