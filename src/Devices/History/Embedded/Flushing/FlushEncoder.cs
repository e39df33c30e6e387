using Fengsui.Devices.History.Embedded.Arenas;
using Fengsui.Devices.History.Embedded.Columns;
using Fengsui.Devices.History.Embedded.Groups;
using Fengsui.Devices.History.Embedded.Queries;

namespace Fengsui.Devices.History.Embedded.Flushing;

/// <summary>
/// Turns the rows of a mark's arenas into the chunks of a group. A device whose rows are in order, of one shape and not
/// late (nearly all) goes straight from the arena into columns.
/// </summary>
internal sealed class FlushEncoder
{
    /// <summary>Rows that are on their way from memory at one time; about what one core can have outstanding.</summary>
    private const int PrefetchDistance = 12;

    private readonly RowSorter _sorter = new();
    private readonly RowColumns _columns = new();
    private readonly ChunkSink _chunks = new();
    private readonly LateFilter _lateFilter;
    private readonly Dictionary<int, long> _lateDuplicates = [];

    public FlushEncoder(DamageLog damage) => _lateFilter = new LateFilter(_sorter, new ChunkLoader(damage));

    /// <summary>Writes all chunks and answers the late duplicates by source, sources ascending.</summary>
    public List<LateDuplicateCount> Encode(PendingMark mark, GroupFile[] stored, GroupWriter writer)
    {
        _lateDuplicates.Clear();
        _sorter.Sort(mark.Arenas);
        for (var device = 0; device < _sorter.DeviceCount; device++)
        {
            var rows = _sorter.RowsOf(device);
            if (rows.IsEmpty)
                continue;
            if (IsPlain(rows))
                AddPlain(device, rows, writer);
            else
                AddSorted(device, rows, stored, writer);
        }

        _sorter.Clear();
        return [.. _lateDuplicates.OrderBy(pair => pair.Key).Select(pair => new LateDuplicateCount(mark.Position, pair.Key, pair.Value))];
    }

    private bool IsPlain(ReadOnlySpan<uint> rows)
    {
        var arena = _sorter.Locate(rows[0], out var offset);
        var shape = arena.RowAt(offset).ShapeId;
        var previous = long.MinValue;
        for (var i = 0; i < rows.Length; i++)
        {
            Prefetch(rows, i + PrefetchDistance);
            ref readonly var header = ref _sorter.Locate(rows[i], out offset).RowAt(offset);
            if (header.IsLate || header.ShapeId != shape || header.EventTimeMs < previous)
                return false;
            previous = header.EventTimeMs;
        }

        return true;
    }

    private void Prefetch(ReadOnlySpan<uint> rows, int index)
    {
        if (index < rows.Length)
            _sorter.Locate(rows[index], out var offset).Prefetch(offset);
    }

    private void AddPlain(int device, ReadOnlySpan<uint> rows, GroupWriter writer)
    {
        var arena = _sorter.Locate(rows[0], out var offset);
        var metrics = arena.ShapeOf(arena.RowAt(offset)).Metrics;
        while (!rows.IsEmpty)
        {
            var batch = rows[..Math.Min(rows.Length, RowColumns.MaxRows)];
            _columns.Start(metrics);
            for (var i = 0; i < batch.Length; i++)
            {
                Prefetch(rows, i + PrefetchDistance);
                Gather(_sorter.Locate(rows[i], out offset), offset, metrics.Length);
            }

            _chunks.Write(device, _columns, writer);
            rows = rows[batch.Length..];
        }
    }

    private void Gather(HistoryArena arena, int offset, int count)
    {
        ref readonly var header = ref arena.RowAt(offset);
        var row = GatherHeader(header);
        _columns.SetValues(row, arena.ValuesAt(offset, count));
        if (!header.HasQualities)
            return;
        _columns.NeedQualities();
        var qualities = arena.QualitiesAt(offset, count);
        for (var column = 0; column < count; column++)
            _columns.SetQuality(column, row, qualities[column]);
    }

    private int GatherHeader(in ArenaRow header)
    {
        var row = _columns.Count++;
        _columns.Times[row] = header.EventTimeMs;
        _columns.Lags[row] = header.ReceiveTimeMs - header.EventTimeMs;
        _columns.Positions[row] = header.JournalPosition;
        _columns.Sources[row] = header.Source;
        return row;
    }

    private void AddSorted(int device, ReadOnlySpan<uint> rows, GroupFile[] stored, GroupWriter writer)
    {
        var keys = new RowKey[rows.Length];
        var late = false;
        for (var i = 0; i < rows.Length; i++)
        {
            var arena = _sorter.Locate(rows[i], out var offset);
            ref readonly var header = ref arena.RowAt(offset);
            keys[i] = new RowKey(header.EventTimeMs, i, rows[i], arena.ShapeOf(header), header.IsLate);
            late |= header.IsLate;
        }

        Array.Sort(keys);
        var dropped = late ? _lateFilter.Find(device, keys, stored) : [];
        Count(keys, dropped);
        foreach (var (metrics, members) in ByMetrics(keys, dropped))
            AddMembers(device, metrics, members, keys, dropped, writer);
    }

    private void Count(RowKey[] keys, Dictionary<int, bool[]> dropped)
    {
        foreach (var (index, drops) in dropped)
        {
            var arena = _sorter.Locate(keys[index].Row, out var offset);
            var source = arena.RowAt(offset).Source;
            _lateDuplicates[source] = _lateDuplicates.GetValueOrDefault(source) + drops.Count(drop => drop);
        }
    }

    /// <summary>Rows by the metrics that are left of them, in the order in which each list first occurs.</summary>
    private static List<(ushort[] Metrics, List<int> Members)> ByMetrics(RowKey[] keys, Dictionary<int, bool[]> dropped)
    {
        var lists = new List<(ushort[] Metrics, List<int> Members)>();
        var known = new Dictionary<ushort[], List<int>>(new MetricListComparer());
        for (var i = 0; i < keys.Length; i++)
        {
            var metrics = Kept(keys[i].Shape.Metrics, dropped.GetValueOrDefault(i));
            if (metrics.Length == 0)
                continue;
            if (!known.TryGetValue(metrics, out var members))
            {
                members = known[metrics] = [];
                lists.Add((metrics, members));
            }

            members.Add(i);
        }

        return lists;
    }

    private static ushort[] Kept(ushort[] metrics, bool[]? drops) =>
        drops is null ? metrics : [.. metrics.Where((_, index) => !drops[index])];

    private void AddMembers(
        int device, ushort[] metrics, List<int> members, RowKey[] keys, Dictionary<int, bool[]> dropped, GroupWriter writer)
    {
        _columns.Start(metrics);
        foreach (var index in members)
        {
            if (_columns.IsFull)
            {
                _chunks.Write(device, _columns, writer);
                _columns.Start(metrics);
            }

            var arena = _sorter.Locate(keys[index].Row, out var offset);
            if (dropped.TryGetValue(index, out var drops))
                GatherKept(arena, offset, keys[index].Shape.Count, drops);
            else
                Gather(arena, offset, metrics.Length);
        }

        _chunks.Write(device, _columns, writer);
    }

    private void GatherKept(HistoryArena arena, int offset, int count, bool[] drops)
    {
        ref readonly var header = ref arena.RowAt(offset);
        var row = GatherHeader(header);
        if (header.HasQualities)
            _columns.NeedQualities();
        var column = 0;
        for (var i = 0; i < count; i++)
        {
            if (drops[i])
                continue;
            _columns.SetValue(column, row, arena.ValuesAt(offset, count)[i]);
            if (header.HasQualities)
                _columns.SetQuality(column, row, arena.QualitiesAt(offset, count)[i]);
            column++;
        }
    }
}
