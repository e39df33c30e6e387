using System.Diagnostics.CodeAnalysis;

namespace Fengsui.Devices.Journal;

/// <summary>
/// Follows the committed journal from a position on and never ends: for a projection that keeps its own pace. It reads the
/// files, not the committer's buffers, so however far behind it is it holds nothing up. What is close to the end comes from
/// the system's cache. One thread reads.
/// </summary>
public sealed class JournalFollower : IDisposable
{
    private readonly Journal _journal;
    private readonly IJournalStorage _storage;
    private readonly JournalBlock _block = new(0, static _ => { });
    private readonly List<JournalGap> _gaps = [];
    private JournalReader? _reader;
    private int _seenGaps;
    private SegmentFile? _segment;
    private IJournalFile? _file;
    private bool _isAtBlock;

    internal JournalFollower(Journal journal, IJournalStorage storage, long position)
    {
        _journal = journal;
        _storage = storage;
        Position = position;
    }

    /// <summary>End of the last block read; before the first, where it began.</summary>
    public long Position { get; private set; }

    /// <summary>The next committed block with one reference, to be released before the next call; false when there is none yet.</summary>
    /// <exception cref="IOException">The environment failed; the same call may succeed later.</exception>
    public bool TryRead([NotNullWhen(true)] out JournalBlock? block)
    {
        block = null;
        if (_reader is null && Position >= _journal.Committed)
            return false;
        if (_reader is null && _isAtBlock && (TryReadHere() || TryMoveOn()))
        {
            Position = _block.EndPosition;
            block = _block;
            return true;
        }

        return TryReadSlowly(out block);
    }

    /// <summary>What was found unreadable since the last call.</summary>
    public IReadOnlyList<JournalGap> TakeGaps()
    {
        if (_gaps.Count == 0)
            return [];
        JournalGap[] taken = [.. _gaps];
        _gaps.Clear();
        return taken;
    }

    public void Dispose()
    {
        _reader?.Dispose();
        _file?.Dispose();
    }

    /// <summary>Blocks of one segment stand end to end.</summary>
    private bool TryReadHere() =>
        _file is not null
        && BlockAt.TryRead(_segment!, _file, _segment!.OffsetOf(Position), _file.Length, _block, _journal.RecoveryReport.JournalId)
        && _block.PreviousEnd == Position;

    /// <summary>The next segment begins with the block that follows.</summary>
    private bool TryMoveOn()
    {
        _file?.Dispose();
        _file = null;
        var segments = SegmentFile.List(_storage);
        var next = segments.Find(segment => segment.StartPosition >= Position)
            ?? segments.FindLast(segment => segment.StartPosition < Position);
        if (next is null)
            return false;
        try
        {
            _file = _storage.Open(next.Name, writable: false);
        }
        catch (FileNotFoundException)
        {
            return false;
        }

        _segment = next;
        var offset = Math.Max(JournalFormat.SegmentHeaderBytes, next.OffsetOf(Position));
        return BlockAt.TryRead(next, _file, offset, _file.Length, _block, _journal.RecoveryReport.JournalId) && _block.PreviousEnd == Position;
    }

    /// <summary>From a place that need not be a block's end, and past damage: the whole search.</summary>
    private bool TryReadSlowly([NotNullWhen(true)] out JournalBlock? block)
    {
        if (_reader is null)
        {
            _reader = _journal.ReadFrom(Position);
            _seenGaps = 0;
        }

        var isRead = _reader.TryRead(out block);
        for (; _seenGaps < _reader.Gaps.Count; _seenGaps++)
            _gaps.Add(_reader.Gaps[_seenGaps]);
        if (isRead)
        {
            Position = block!.EndPosition;
            _isAtBlock = true;
            return true;
        }

        var limit = _reader.Limit;
        _reader.Dispose();
        _reader = null;

        // What is damaged up to there was told; to look at it again would tell it again.
        Position = Math.Max(Position, limit);
        _file?.Dispose();
        _file = null;
        return false;
    }
}
