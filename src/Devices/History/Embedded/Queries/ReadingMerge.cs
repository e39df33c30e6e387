using Fengsui.Devices.History.Embedded.Arenas;
using Fengsui.Devices.History.Embedded.Groups;

namespace Fengsui.Devices.History.Embedded.Queries;

/// <summary>
/// The readings of one metric of one device in a time range, from groups and arenas, by time. Opens a chunk only when the
/// time has come to it, and answers in runs, so that history without late data is read at the speed of decoding.
/// </summary>
internal sealed class ReadingMerge
{
    private readonly IReadOnlyList<GroupFile> _groups;
    private readonly ChunkLoader _loader;
    private readonly ushort _metric;
    private readonly long _fromMs;
    private readonly long _toMs;
    private readonly bool _withProvenance;
    private readonly List<(DirectoryEntry Entry, GroupFile Group, int Ordinal)> _chunks = [];
    private readonly List<ReadingCursor> _open = [];
    private readonly Stack<ReadingCursor> _spare;
    private readonly long[] _runEnds;
    private ReadingCursor? _given;
    private int _next;

    /// <param name="groups">Leased by the caller until it is done with the readings, as the arenas are during this call.</param>
    public ReadingMerge(
        IReadOnlyList<GroupFile> groups,
        HistoryArena[] arenas,
        ReadingScratch scratch,
        int device,
        ushort metric,
        long fromMs,
        long toMs,
        bool withProvenance)
    {
        _groups = groups;
        (_loader, _spare) = (scratch.Loader, scratch.Spare);
        (_metric, _fromMs, _toMs, _withProvenance) = (metric, fromMs, toMs, withProvenance);
        FindChunks(device);
        _runEnds = FindRuns();
        if (ArenaRows.Read(arenas, device, metric, fromMs, toMs) is { } unflushed)
        {
            unflushed.Ordinal = int.MaxValue;
            _open.Add(unflushed);
        }
    }

    /// <summary>The next readings: those of <paramref name="cursor"/> from <paramref name="start"/> to its index.</summary>
    public bool Next(out ReadingCursor cursor, out int start)
    {
        Recycle();
        while (_open.Count == 0 && _next < _chunks.Count)
            OpenNext();
        if (_open.Count == 0)
        {
            (cursor, start) = (null!, 0);
            return false;
        }

        cursor = First();
        while (_next < _chunks.Count && _chunks[_next].Entry.MinTimeMs <= cursor.TimeMs)
        {
            OpenNext();
            cursor = First();
        }

        start = cursor.Index;
        cursor.Index = RunEnd(cursor);
        _given = cursor;
        return true;
    }

    private void FindChunks(int device)
    {
        var entries = new List<DirectoryEntry>();
        foreach (var group in _groups)
        {
            if (group.Info.MinTimeMs >= _toMs || group.Info.MaxTimeMs < _fromMs)
                continue;
            entries.Clear();
            _loader.Find(group, device, _fromMs, _toMs, entries);
            foreach (var entry in entries)
                _chunks.Add((entry, group, _chunks.Count));
        }

        _chunks.Sort((left, right) =>
        {
            var order = left.Entry.MinTimeMs.CompareTo(right.Entry.MinTimeMs);
            return order != 0 ? order : left.Ordinal.CompareTo(right.Ordinal);
        });
    }

    /// <summary>For each chunk, where the bytes end that can be read with it because the chunks wanted next lie side by side.</summary>
    private long[] FindRuns()
    {
        var ends = new long[_chunks.Count];
        for (var i = _chunks.Count - 1; i >= 0; i--)
        {
            ends[i] = _chunks[i].Entry.Offset + _chunks[i].Entry.Length;
            var joined = i + 1 < _chunks.Count
                && ReferenceEquals(_chunks[i].Group, _chunks[i + 1].Group)
                && _chunks[i + 1].Entry.Offset == ends[i];
            ends[i] = joined ? ends[i + 1] : ends[i];
        }

        return ends;
    }

    private void OpenNext()
    {
        var (entry, group, ordinal) = _chunks[_next];
        var runBytes = _runEnds[_next] - entry.Offset;
        _next++;
        if (!_loader.TryOpen(group, entry, runBytes))
            return;
        var column = _loader.Reader.ColumnOf(_metric);
        if (column < 0)
            return;
        var cursor = _spare.Count > 0 ? _spare.Pop() : new ReadingCursor();
        cursor.Ordinal = ordinal;
        if (cursor.Load(_loader.Reader, column, _fromMs, _toMs, _withProvenance))
            _open.Add(cursor);
        else
            _spare.Push(cursor);
    }

    private ReadingCursor First()
    {
        var first = _open[0];
        foreach (var cursor in _open)
        {
            if (cursor.TimeMs < first.TimeMs || (cursor.TimeMs == first.TimeMs && cursor.Ordinal < first.Ordinal))
                first = cursor;
        }

        return first;
    }

    /// <summary>How far the first cursor may go before another one has an earlier reading.</summary>
    private int RunEnd(ReadingCursor first)
    {
        var bound = _next < _chunks.Count ? _chunks[_next].Entry.MinTimeMs : long.MaxValue;
        foreach (var cursor in _open)
        {
            if (!ReferenceEquals(cursor, first))
                bound = Math.Min(bound, cursor.TimeMs);
        }

        if (bound == long.MaxValue)
            return first.End;
        var reach = Math.Max(bound, first.TimeMs + 1);
        return first.Times[first.End - 1] < reach ? first.End : first.LowerBound(first.Index, first.End, reach);
    }

    /// <summary>A cursor is reused only when the caller has come back, done with its readings.</summary>
    private void Recycle()
    {
        if (_given is null || _given.Index < _given.End)
            return;
        _open.Remove(_given);
        _spare.Push(_given);
        _given = null;
    }
}
