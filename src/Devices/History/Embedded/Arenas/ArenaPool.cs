namespace Fengsui.Devices.History.Embedded.Arenas;

/// <summary>
/// Bounds the arenas that each shard holds. A shard at its bound waits while a flush is on its way that will free one; when
/// none is (all its arenas wait for a mark that it has yet to give), waiting would be for ever, so it gets one more, counted.
/// </summary>
internal sealed class ArenaPool(int arenaSizeBytes, int arenasPerShard, int maxDevices, int shardCount)
{
    private readonly object _gate = new();
    private readonly Stack<HistoryArena> _free = new();
    private readonly int[] _held = new int[shardCount];
    private readonly int[] _submitted = new int[shardCount];
    private long _waits;
    private long _overflows;
    private string? _stopped;

    public long Waits => Volatile.Read(ref _waits);

    public long Overflows => Volatile.Read(ref _overflows);

    /// <exception cref="InvalidOperationException">The store has stopped.</exception>
    public HistoryArena Rent(int shard)
    {
        lock (_gate)
        {
            if (MustWait(shard))
                _waits++;
            while (MustWait(shard))
                Monitor.Wait(_gate);
            if (_stopped is not null)
                throw new InvalidOperationException(_stopped);
            if (++_held[shard] > arenasPerShard)
                _overflows++;
            var arena = _free.Count > 0 ? _free.Pop() : new HistoryArena(arenaSizeBytes, maxDevices);
            arena.Shard = shard;
            return arena;
        }
    }

    public void Submitted(int shard, int arenas)
    {
        lock (_gate)
            _submitted[shard] += arenas;
    }

    /// <summary>Takes back a submitted arena that nobody reads any more.</summary>
    public void Return(HistoryArena arena)
    {
        lock (_gate)
        {
            var overflow = _held[arena.Shard] > arenasPerShard;
            _held[arena.Shard]--;
            _submitted[arena.Shard]--;
            if (!overflow)
            {
                arena.Reset();
                _free.Push(arena);
            }

            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Wakes the waiting shards; they and later callers get an exception with <paramref name="reason"/>.</summary>
    public void Stop(string reason)
    {
        lock (_gate)
        {
            _stopped ??= reason;
            Monitor.PulseAll(_gate);
        }
    }

    private bool MustWait(int shard) => _stopped is null && _held[shard] >= arenasPerShard && _submitted[shard] > 0;
}
