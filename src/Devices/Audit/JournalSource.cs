using Fengsui.Devices.Journal;
using Fengsui.Devices.Records;

namespace Fengsui.Devices.Audit;

/// <summary>
/// Follows the journal for what somebody is answerable for, and for anchors: each is compared with the log, so what was done to the log
/// while nobody watched is found at the next start.
/// </summary>
internal sealed class JournalSource : IAuditSource, IDisposable
{
    /// <summary>Blocks of one call, some 10 ms of work: between calls the log writes what others wait for.</summary>
    private const int MaxBlocks = 64;

    private readonly JournalFollower _follower;
    private readonly JournalPlace _place;
    private readonly Action<AuditAnchor, long> _compare;
    private readonly Func<long> _nowMs;
    private long _anchored = -1;

    /// <param name="compare">Told of each anchor and its position.</param>
    public JournalSource(Journal.Journal journal, JournalPlace place, Action<AuditAnchor, long> compare, Func<long> nowMs)
    {
        _place = place;
        _compare = compare;
        _nowMs = nowMs;
        _follower = journal.Follow(Math.Max(place.Position, journal.FirstPosition));
    }

    /// <summary>Everything up to there was looked at. Any thread.</summary>
    public long Position { get; private set; }

    public bool Take(AuditPlaces places, int count, List<AuditRecord> into)
    {
        for (var blocks = 0; blocks < MaxBlocks && into.Count < count; blocks++)
        {
            var isRead = _follower.TryRead(out var block);
            foreach (var gap in _follower.TakeGaps())
            {
                into.Add(AuditRecords.Loss(_nowMs(), "journal", $"positions {gap.FromPosition} to {gap.ToPosition} cannot be read ({gap.Reason}): commands that stood there are not on record"));
            }

            if (!isRead)
            {
                return false;
            }

            Read(block!, places, into);
            block!.Release();
            Position = _follower.Position;
        }

        return true;
    }

    /// <summary>The place goes no further than the newest anchor, so that one is always compared at a start.</summary>
    public void Recorded()
    {
        if (_anchored > _place.Position)
        {
            _place.Save(_anchored);
        }
    }

    public void Dispose() => _follower.Dispose();

    private void Read(JournalBlock block, AuditPlaces places, List<AuditRecord> into)
    {
        foreach (var (position, bytes) in block.Batches)
        {
            if (JournalCommands.IsOne(bytes) && position > places.Journal)
            {
                into.Add(JournalCommands.ToRecord(bytes, position, _nowMs()));
            }
            else if (!bytes.IsEmpty && bytes[0] == (byte)BatchKind.AuditAnchor)
            {
                _compare(AuditAnchor.Decode(bytes), position);
                _anchored = position - 1;
            }
        }
    }
}
