using System.Runtime.InteropServices;
using Fengsui.Devices.History.Embedded.Columns;
using Fengsui.Devices.History.Embedded.Groups;
using Fengsui.Devices.History.Embedded.Queries;

namespace Fengsui.Devices.History.Embedded.Flushing;

/// <summary>
/// Finds readings of late rows that are stored already: same device, event time, metric and bits of the value, in an
/// earlier row of the same flush or in a group. What counts as earlier is the order of the journal, so the answer does not
/// depend on where the marks fall.
/// </summary>
internal sealed class LateFilter(RowSorter sorter, ChunkLoader loader)
{
    private readonly HashSet<(ushort Metric, long Bits)> _seen = [];
    private readonly List<DirectoryEntry> _entries = [];
    private readonly Dictionary<int, double[]> _columns = [];
    private readonly long[] _times = new long[RowColumns.MaxRows];
    private readonly Dictionary<int, bool[]> _dropped = [];

    /// <summary>For each row that has any: which of its readings to drop, by index into <paramref name="rows"/>.</summary>
    /// <param name="rows">All rows of the device in this flush, sorted.</param>
    public Dictionary<int, bool[]> Find(int device, ReadOnlySpan<RowKey> rows, GroupFile[] groups)
    {
        _dropped.Clear();
        FindInFlush(rows);
        var (from, to) = LateRange(rows);
        foreach (var group in groups)
        {
            if (from <= to && group.Info.MinTimeMs <= to && group.Info.MaxTimeMs >= from)
                FindInGroup(device, rows, group, from, to);
        }

        return _dropped;
    }

    private void FindInFlush(ReadOnlySpan<RowKey> rows)
    {
        for (var start = 0; start < rows.Length;)
        {
            var end = start + 1;
            while (end < rows.Length && rows[end].TimeMs == rows[start].TimeMs)
                end++;
            if (end - start > 1)
                FindInRun(rows, start, end);
            start = end;
        }
    }

    private void FindInRun(ReadOnlySpan<RowKey> rows, int start, int end)
    {
        _seen.Clear();
        for (var i = start; i < end; i++)
        {
            var bits = BitsOf(rows[i]);
            for (var column = 0; column < bits.Length; column++)
            {
                if (!_seen.Add((rows[i].Shape.Metrics[column], bits[column])) && rows[i].IsLate)
                    Drop(rows, i, column);
            }
        }
    }

    private static (long From, long To) LateRange(ReadOnlySpan<RowKey> rows)
    {
        var (from, to) = (long.MaxValue, long.MinValue);
        foreach (var row in rows)
        {
            if (row.IsLate)
                (from, to) = (Math.Min(from, row.TimeMs), Math.Max(to, row.TimeMs));
        }

        return (from, to);
    }

    private void FindInGroup(int device, ReadOnlySpan<RowKey> rows, GroupFile group, long from, long to)
    {
        _entries.Clear();
        loader.Find(group, device, from, to == long.MaxValue ? to : to + 1, _entries);
        foreach (var entry in _entries)
        {
            var first = LowerBound(rows, entry.MinTimeMs);
            var last = first;
            while (last < rows.Length && rows[last].TimeMs <= entry.MaxTimeMs)
                last++;
            if (HasLate(rows[first..last]) && loader.TryOpen(group, entry))
                FindInChunk(rows, first, last);
        }
    }

    private void FindInChunk(ReadOnlySpan<RowKey> rows, int first, int last)
    {
        var chunk = loader.Reader;
        chunk.ReadTimes(_times);
        _columns.Clear();
        var times = _times.AsSpan(0, chunk.Rows);
        for (var i = first; i < last; i++)
        {
            if (!rows[i].IsLate)
                continue;
            var at = times.BinarySearch(rows[i].TimeMs);
            while (at > 0 && times[at - 1] == rows[i].TimeMs)
                at--;
            for (; at >= 0 && at < times.Length && times[at] == rows[i].TimeMs; at++)
                Compare(rows, i, chunk, at);
        }
    }

    private void Compare(ReadOnlySpan<RowKey> rows, int index, ChunkReader chunk, int at)
    {
        var bits = BitsOf(rows[index]);
        var metrics = rows[index].Shape.Metrics;
        for (var i = 0; i < metrics.Length; i++)
        {
            var column = chunk.ColumnOf(metrics[i]);
            if (column >= 0 && BitConverter.DoubleToInt64Bits(Values(chunk, column)[at]) == bits[i])
                Drop(rows, index, i);
        }
    }

    private double[] Values(ChunkReader chunk, int column)
    {
        if (!_columns.TryGetValue(column, out var values))
        {
            values = new double[chunk.Rows];
            chunk.ReadValues(column, values);
            _columns[column] = values;
        }

        return values;
    }

    private ReadOnlySpan<long> BitsOf(in RowKey row)
    {
        var arena = sorter.Locate(row.Row, out var offset);
        return MemoryMarshal.Cast<double, long>(arena.ValuesAt(offset, row.Shape.Count));
    }

    private void Drop(ReadOnlySpan<RowKey> rows, int index, int column)
    {
        ref var drops = ref CollectionsMarshal.GetValueRefOrAddDefault(_dropped, index, out _);
        drops ??= new bool[rows[index].Shape.Count];
        drops[column] = true;
    }

    private static bool HasLate(ReadOnlySpan<RowKey> rows)
    {
        foreach (var row in rows)
        {
            if (row.IsLate)
                return true;
        }

        return false;
    }

    private static int LowerBound(ReadOnlySpan<RowKey> rows, long timeMs)
    {
        var (low, high) = (0, rows.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (rows[middle].TimeMs < timeMs)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
