namespace Fengsui.Devices.Alerts.Outbox;

/// <summary>What a receiver has read of the alert log and not finished yet; from it follows how far its cursor may go. Any thread.</summary>
internal sealed class OutboxWindow(long cursor)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, long> _open = [];
    private long _read = cursor;

    /// <summary>Everything up to here is told, set aside or not for this receiver.</summary>
    public long Cursor
    {
        get
        {
            lock (_gate)
            {
                return _open.Count == 0 ? _read : _open.First().Key - 1;
            }
        }
    }

    public long Read
    {
        get
        {
            lock (_gate)
            {
                return _read;
            }
        }
    }

    /// <summary>Receive time of the oldest entry that is not finished; null when all are.</summary>
    public long? OldestMs
    {
        get
        {
            lock (_gate)
            {
                return _open.Count == 0 ? null : _open.First().Value;
            }
        }
    }

    /// <summary>The next entry has been read.</summary>
    /// <param name="isWanted">Whether the receiver is to be told of it.</param>
    public void Enter(Notice notice, bool isWanted)
    {
        lock (_gate)
        {
            _read = notice.Number;
            if (isWanted)
            {
                _open.Add(notice.Number, notice.ReceiveTimeMs);
            }
        }
    }

    /// <summary>Whether it is behind this run: told, set aside, or not for this receiver, also where the cursor still waits for one before it.</summary>
    public bool IsPast(long number)
    {
        lock (_gate)
        {
            return number <= _read && !_open.ContainsKey(number);
        }
    }

    public void Finish(long number)
    {
        lock (_gate)
        {
            _open.Remove(number);
        }
    }
}
