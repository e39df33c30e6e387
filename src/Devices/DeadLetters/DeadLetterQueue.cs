namespace Fengsui.Devices.DeadLetters;

/// <summary>Letters that wait for the writer, bounded in count and bytes. Any thread adds, one takes.</summary>
internal sealed class DeadLetterQueue(int maxCount, long maxBytes, long committed) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _available = new(0);
    private readonly List<(long Position, TaskCompletionSource Reached)> _waiters = [];
    private List<DeadLetter> _letters = [];
    private long _bytes;
    private long _committed = committed;
    private long _mark = committed;
    private long _refused;
    private bool _signalled;
    private bool _completed;

    public long Count
    {
        get
        {
            lock (_gate)
                return _letters.Count;
        }
    }

    public long Refused => Volatile.Read(ref _refused);

    public bool TryAdd(DeadLetter letter)
    {
        lock (_gate)
        {
            if (letter.JournalPosition <= _committed)
                return true;
            if (_completed || _letters.Count >= maxCount || _bytes + letter.Payload.Length > maxBytes)
            {
                _refused++;
                return false;
            }

            _letters.Add(letter);
            _bytes += letter.Payload.Length;
            Signal();
            return true;
        }
    }

    public void Mark(long position)
    {
        lock (_gate)
        {
            if (position <= _mark)
                return;
            _mark = position;
            Signal();
        }
    }

    /// <summary>False when completed and nothing is left.</summary>
    public async Task<bool> WaitAsync()
    {
        await _available.WaitAsync().ConfigureAwait(false);
        lock (_gate)
            return _letters.Count > 0 || _mark > _committed || !_completed;
    }

    public DeadLetterBatch Take()
    {
        lock (_gate)
        {
            var taken = new DeadLetterBatch(_letters, _mark);
            _letters = [];
            _bytes = 0;
            _signalled = _completed;
            if (_completed)
                _available.Release();
            return taken;
        }
    }

    public void Committed(long position)
    {
        lock (_gate)
        {
            _committed = Math.Max(_committed, position);
            foreach (var waiter in _waiters.Where(waiter => waiter.Position <= _committed))
                waiter.Reached.TrySetResult();
            _waiters.RemoveAll(waiter => waiter.Position <= _committed);
        }
    }

    public Task WaitForCommitAsync(long position, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (position <= _committed)
                return Task.CompletedTask;
            var waiter = (position, Reached: new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            _waiters.Add(waiter);
            return waiter.Reached.Task.WaitAsync(cancellation);
        }
    }

    public void Complete()
    {
        lock (_gate)
        {
            _completed = true;
            _signalled = true;
            _available.Release();
        }
    }

    public void Dispose() => _available.Dispose();

    private void Signal()
    {
        if (_signalled)
            return;
        _signalled = true;
        _available.Release();
    }
}
