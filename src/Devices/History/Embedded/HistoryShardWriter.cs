using Fengsui.Devices.History.Embedded.Arenas;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.History.Embedded;

/// <summary>
/// The one way by which a shard writes history. Used by that shard's thread only. A row is visible to queries as soon as
/// <see cref="Append"/> returns, and durable when <see cref="EmbeddedHistory.CommittedPosition"/> reaches its mark; until
/// then the journal is what keeps it.
/// </summary>
public sealed class HistoryShardWriter
{
    private readonly EmbeddedHistory _history;
    private readonly long _floor;
    private readonly List<HistoryArena> _full = [];
    private HistoryArena _arena;
    private long _replayedRows;
    private long _refusedRows;
    private long _parkedBytes;
    private long _oldestReceiveTimeMs = long.MaxValue;

    internal HistoryShardWriter(EmbeddedHistory history, int shard, long floor, HistoryArena first)
    {
        _history = history;
        _floor = floor;
        _arena = first;
        Shard = shard;
    }

    public int Shard { get; }

    /// <summary>Bytes of rows since the last mark. Safe to read from any thread.</summary>
    public long PendingBytes => Volatile.Read(ref _parkedBytes) + Volatile.Read(ref _arena).LengthBytes;

    /// <summary>Receive time of the oldest row since the last mark, or <see cref="long.MaxValue"/>. Safe to read from any thread.</summary>
    internal long OldestReceiveTimeMs => Volatile.Read(ref _oldestReceiveTimeMs);

    internal long ReplayedRows => Volatile.Read(ref _replayedRows);

    internal long RefusedRows => Volatile.Read(ref _refusedRows);

    /// <summary>
    /// Appends the accepted row of one device. Rows at or below the position that was committed when the store was opened
    /// are counted and left out, so a replay may offer everything. Allocates nothing; waits only when an arena is full and
    /// the flush of earlier marks has not freed one.
    /// </summary>
    /// <param name="values">In the order of <paramref name="shape"/>.</param>
    /// <param name="qualities">As <paramref name="values"/>, or empty when all are good.</param>
    /// <returns>False when the row was refused (counted in <see cref="HistoryStats.RefusedRows"/>).</returns>
    public bool Append(
        int device,
        long eventTimeMs,
        Shape shape,
        HistoryRowFlags flags,
        ReadOnlySpan<double> values,
        ReadOnlySpan<Quality> qualities,
        long journalPosition,
        long receiveTimeMs,
        int source)
    {
        if (journalPosition <= _floor)
        {
            _replayedRows++;
            return true;
        }

        var outcome = _arena.Append(device, eventTimeMs, shape, flags, values, qualities, journalPosition, receiveTimeMs, source);
        if (outcome == ArenaAppend.Full && _arena.LengthBytes > 0)
        {
            Park();
            outcome = _arena.Append(device, eventTimeMs, shape, flags, values, qualities, journalPosition, receiveTimeMs, source);
        }

        if (outcome == ArenaAppend.Appended)
        {
            if (_oldestReceiveTimeMs == long.MaxValue)
                Volatile.Write(ref _oldestReceiveTimeMs, receiveTimeMs);
            return true;
        }

        _refusedRows++;
        return false;
    }

    /// <summary>
    /// Says that every row up to <paramref name="position"/> has been appended. Each shard must give the same sequence of
    /// marks; when the last one has, the flush begins. Waits when all of the shard's arenas are still being flushed.
    /// </summary>
    /// <exception cref="InvalidOperationException">The store has stopped.</exception>
    public void Mark(long position)
    {
        if (position <= _floor)
            return;
        if (_arena.LengthBytes > 0)
            _full.Add(_arena);
        var used = _full.Count > 0 && ReferenceEquals(_full[^1], _arena);
        _history.Submit(Shard, position, _full);
        _full.Clear();
        if (used)
            Volatile.Write(ref _arena, _history.RentArena(Shard));
        Volatile.Write(ref _parkedBytes, 0);
        Volatile.Write(ref _oldestReceiveTimeMs, long.MaxValue);
    }

    private void Park()
    {
        _full.Add(_arena);
        _parkedBytes += _arena.LengthBytes;
        Volatile.Write(ref _arena, _history.RentArena(Shard));
    }
}
