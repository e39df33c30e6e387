namespace Fengsui.Devices.Audit;

/// <summary>Records on their way to the log's thread, bounded, and who waits for them to be durable. Safe from any thread.</summary>
/// <param name="bound">At the bound whoever adds waits for room.</param>
internal sealed class AuditQueue(int bound)
{
    private readonly object _gate = new();
    private readonly Queue<AuditRecord> _records = new();
    private readonly List<(long Ticket, TaskCompletionSource Source)> _waiters = [];
    private long _added;
    private long _taken;
    private bool _isClosed;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _records.Count;
            }
        }
    }

    /// <summary>Those who wait now.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _waiters.Count;
            }
        }
    }

    /// <summary>False once the queue is closed.</summary>
    /// <param name="isUrgent">Does not wait for room: of the log's own thread, which makes it.</param>
    public bool TryAdd(AuditRecord record, bool isUrgent = false)
    {
        lock (_gate)
        {
            while (!_isClosed && !isUrgent && _records.Count >= bound)
            {
                Monitor.Wait(_gate);
            }

            if (_isClosed)
            {
                return false;
            }

            _records.Enqueue(record);
            _added++;
            return true;
        }
    }

    /// <summary>Gives up to <paramref name="count"/> records to <paramref name="take"/>; whether more are left.</summary>
    public bool Take(int count, Action<AuditRecord> take)
    {
        lock (_gate)
        {
            for (; count > 0 && _records.TryDequeue(out var record); count--)
            {
                take(record);
                _taken++;
            }

            Monitor.PulseAll(_gate);
            return _records.Count > 0;
        }
    }

    /// <summary>Completes when what was added before the call is durable.</summary>
    /// <param name="isForAll">Only when there is nothing more to write at all.</param>
    /// <exception cref="ObjectDisposedException">Closed before that.</exception>
    public Task WaitAsync(bool isForAll)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((isForAll ? long.MaxValue : _added, waiter));
            return waiter.Task;
        }
    }

    /// <summary>What was taken is durable. Tells who waited for it, and the first <paramref name="settled"/> of all; the number of those told.</summary>
    public int Durable(int settled)
    {
        var told = new HashSet<TaskCompletionSource>();
        lock (_gate)
        {
            for (var i = 0; i < _waiters.Count; i++)
            {
                if (i < settled || _waiters[i].Ticket <= _taken)
                {
                    told.Add(_waiters[i].Source);
                }
            }

            _waiters.RemoveAll(waiter => told.Contains(waiter.Source));
        }

        foreach (var waiter in told)
        {
            waiter.SetResult();
        }

        return told.Count;
    }

    /// <summary>Takes no more; who waits is told that it is over. The number of records that were left.</summary>
    public int Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            _waiters.ForEach(waiter => waiter.Source.TrySetException(new ObjectDisposedException(nameof(AuditLog))));
            _waiters.Clear();
            Monitor.PulseAll(_gate);
            var left = _records.Count;
            _records.Clear();
            return left;
        }
    }
}
