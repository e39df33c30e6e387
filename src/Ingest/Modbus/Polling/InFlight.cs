using Fengsui.Ingest.Modbus.Codec;

namespace Fengsui.Ingest.Modbus.Polling;

/// <summary>The requests of one connection that have no answer yet. Few: searched from end to end.</summary>
internal sealed class InFlight(int max)
{
    private readonly Entry[] _entries = new Entry[max];

    public int Count { get; private set; }

    public bool IsFull => Count == _entries.Length;

    /// <summary>When the first of them is given up; ticks.</summary>
    public long NextDeadline
    {
        get
        {
            var next = long.MaxValue;
            foreach (ref readonly var entry in _entries.AsSpan(0, Count))
            {
                next = Math.Min(next, entry.Deadline);
            }

            return next;
        }
    }

    public void Add(PollTask task, ushort transaction, in ReadRequest request, long deadline) =>
        _entries[Count++] = new Entry(task, transaction, request, deadline);

    public bool Contains(ushort transaction) => IndexOf(transaction) >= 0;

    /// <summary>The one with this transaction id; -1 when there is none.</summary>
    public int IndexOf(ushort transaction)
    {
        for (var i = 0; i < Count; i++)
        {
            if (_entries[i].Transaction == transaction)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>One whose time is up; -1 when there is none.</summary>
    public int IndexOfExpired(long now)
    {
        for (var i = 0; i < Count; i++)
        {
            if (_entries[i].Deadline <= now)
            {
                return i;
            }
        }

        return -1;
    }

    public ref readonly ReadRequest RequestAt(int index) => ref _entries[index].Request;

    public PollTask Take(int index)
    {
        var task = _entries[index].Task;
        _entries[index] = _entries[--Count];
        _entries[Count] = default;
        return task;
    }

    private struct Entry(PollTask task, ushort transaction, ReadRequest request, long deadline)
    {
        public readonly PollTask Task = task;
        public readonly ushort Transaction = transaction;
        public readonly ReadRequest Request = request;
        public readonly long Deadline = deadline;
    }
}
