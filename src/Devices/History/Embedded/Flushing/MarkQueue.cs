using Fengsui.Devices.History.Embedded.Arenas;

namespace Fengsui.Devices.History.Embedded.Flushing;

/// <summary>Marks in order of position; the first is taken when every shard has given it. Bounded by the arenas of the pool.</summary>
internal sealed class MarkQueue(int shardCount)
{
    private readonly object _gate = new();
    private readonly Queue<PendingMark> _marks = new();
    private readonly long[] _last = [.. Enumerable.Repeat(-1L, shardCount)];
    private bool _completed;

    /// <exception cref="InvalidOperationException">The shards do not give the same sequence of marks.</exception>
    public void Submit(int shard, long position, IReadOnlyList<HistoryArena> arenas)
    {
        lock (_gate)
        {
            if (position <= _last[shard])
                throw new InvalidOperationException($"shard {shard} gave mark {position} after {_last[shard]}");
            var mark = _marks.FirstOrDefault(mark => !mark.HasFrom(shard));
            if (mark is null)
            {
                mark = new PendingMark(position, shardCount);
                _marks.Enqueue(mark);
            }

            if (mark.Position != position)
                throw new InvalidOperationException($"shard {shard} gave mark {position} where {mark.Position} was due");
            _last[shard] = position;
            mark.Give(shard, arenas);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits for the first mark to be complete, without taking it out. Null when completed and none is.</summary>
    public PendingMark? WaitForComplete()
    {
        lock (_gate)
        {
            while (true)
            {
                if (_marks.TryPeek(out var mark) && mark.IsComplete)
                    return mark;
                if (_completed)
                    return null;
                Monitor.Wait(_gate);
            }
        }
    }

    public void RemoveFirst()
    {
        lock (_gate)
            _marks.Dequeue();
    }

    /// <summary>No more marks will come.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _completed = true;
            Monitor.PulseAll(_gate);
        }
    }
}
