using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Fengsui.Devices.Journal;

/// <summary>
/// Reads committed blocks in order, for recovery and replay, beside a running journal or without one. What cannot be
/// read is never passed over in silence: it is in <see cref="Gaps"/>. One thread reads; blocks may be released on any.
/// </summary>
public sealed class JournalReader : IDisposable
{
    private readonly JournalScan _scan;
    private readonly ConcurrentStack<JournalBlock> _free = new();
    private readonly List<JournalGap> _gaps = [];
    private readonly long _position;
    private readonly long _limit;
    private readonly int _keptBuffers;
    private int _seenScanGaps;
    private readonly long _firstFile;
    private bool _isPastFirst;
    private bool _hasReturned;
    private bool _isFinished;

    internal JournalReader(IJournalStorage storage, long position, long limit, bool isAhead, int keptBuffers)
    {
        _position = position;
        _limit = limit;
        _keptBuffers = keptBuffers;
        if (isAhead)
            _gaps.Add(new(limit, position, 0, GapReason.AfterEnd, []));
        var segments = SegmentFile.List(storage);
        var first = Math.Max(0, segments.FindLastIndex(segment => segment.StartPosition <= position));
        _firstFile = segments.Count > 0 ? segments[first].StartPosition : 0;
        _scan = new(storage, segments[first..], limit);
    }

    /// <summary>What could not be read so far, of what lies after the position asked for. Complete once <see cref="TryRead"/> has returned false.</summary>
    public IReadOnlyList<JournalGap> Gaps => _gaps;

    /// <summary>Opens a journal's files for reading only: takes no lock, changes nothing, and ends at the last intact block.</summary>
    /// <param name="storage">The journal's folder.</param>
    /// <param name="position">Blocks that end at or before it are left out.</param>
    /// <param name="limit">Blocks that end after it are left out.</param>
    /// <param name="keptBuffers">Released blocks that are kept for reuse: as many as the caller's mailboxes hold at once.</param>
    public static JournalReader Open(IJournalStorage storage, long position = 0, long limit = long.MaxValue, int keptBuffers = 2) =>
        new(storage, position, limit, isAhead: false, keptBuffers);

    /// <summary>Where the oldest segment in a journal's folder begins; 0 while nothing was deleted.</summary>
    public static long FirstPosition(IJournalStorage storage) => SegmentFile.List(storage) is [var oldest, ..] ? oldest.StartPosition : 0;

    /// <summary>
    /// The next block, with one reference that the caller releases. A block that the caller keeps is not reused, so the
    /// memory in use is what the callers' own mailboxes hold.
    /// </summary>
    public bool TryRead([NotNullWhen(true)] out JournalBlock? block)
    {
        block = _free.TryPop(out var pooled) ? pooled : new(0, Recycle);
        while (!_isFinished && _scan.TryNext(block))
        {
            NoteFirst(block);
            NoteScanGaps();
            if (block.EndPosition <= _position)
                continue;
            NoteStart(block);
            return true;
        }

        Recycle(block);
        block = null;
        Finish();
        return false;
    }

    /// <summary>No block behind it is read.</summary>
    internal long Limit => _limit;

    /// <summary>Bytes of blocks read so far.</summary>
    public long ReadBytes => _scan.ReadBytes;

    public void Dispose() => _scan.Dispose();

    /// <summary>The oldest block tells whether the journal still reaches back to the position asked for.</summary>
    private void NoteFirst(JournalBlock block)
    {
        var begin = Math.Min(_firstFile, block.PreviousEnd);
        if (!_isPastFirst && begin > _position)
            _gaps.Add(new(_position, begin, 0, GapReason.BeforeFirst, []));
        _isPastFirst = true;
    }

    /// <summary>A position between two blocks was given out by a run whose last blocks are lost.</summary>
    private void NoteStart(JournalBlock block)
    {
        if (!_hasReturned && block.PreviousEnd < _position && _position < block.StartPosition)
            _gaps.Add(new(block.PreviousEnd, _position, 0, GapReason.AfterEnd, []));
        _hasReturned = true;
    }

    private void NoteScanGaps()
    {
        for (; _seenScanGaps < _scan.Gaps.Count; _seenScanGaps++)
        {
            if (_scan.Gaps[_seenScanGaps].ToPosition > _position)
                _gaps.Add(_scan.Gaps[_seenScanGaps]);
        }
    }

    private void Finish()
    {
        if (_isFinished)
            return;
        _isFinished = true;
        var end = Math.Max(_scan.End ?? 0, _position);
        if (_limit != long.MaxValue && end < _limit)
            _gaps.Add(new(end, _limit, 0, _scan.Behind.Count > 0 ? GapReason.Damaged : GapReason.Missing, [.. _scan.Behind]));
    }

    private void Recycle(JournalBlock block)
    {
        if (_free.Count < _keptBuffers)
            _free.Push(block);
    }
}
