namespace Fengsui.Devices.Journal;

/// <summary>
/// The memory side of the journal: a fixed set of block buffers that go round: free → active (appenders copy into it) →
/// closed (waits for the committer) → committed (consumers read it) → free. Any thread appends; one thread takes.
/// </summary>
internal sealed class AppendBuffer : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly TimeSpan _commitInterval;
    private readonly TimeSpan _idleCommitInterval;
    private readonly Stack<JournalBlock> _free;
    private readonly Queue<JournalBlock> _full;
    private readonly AutoResetEvent _work = new(false);
    private JournalBlock? _active;
    private TaskCompletionSource? _room;
    private long _nextStart;
    private long _tail;
    private long _batches;
    private bool _closed;

    public AppendBuffer(JournalOptions options, TimeProvider clock, long tail, long nextStart)
    {
        _clock = clock;
        _commitInterval = options.CommitInterval;
        _idleCommitInterval = options.IdleCommitInterval;
        _free = new(options.BlockBuffers);
        _full = new(options.BlockBuffers);
        _tail = tail;
        _nextStart = nextStart;
        MaxBatchBytes = options.BlockSizeBytes - JournalFormat.BatchPrefixBytes;
        for (var i = 0; i < options.BlockBuffers; i++)
        {
            var block = new JournalBlock(options.BlockSizeBytes, Recycle);
            block.Touch();
            _free.Push(block);
        }
    }

    public int MaxBatchBytes { get; }

    public long Tail => Volatile.Read(ref _tail);

    public long Batches => Volatile.Read(ref _batches);

    public int FreeBuffers
    {
        get
        {
            lock (_gate)
                return _free.Count;
        }
    }

    public bool TryAppend(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body, ICommitWaiter? waiter, out long position)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)head.Length + body.Length, MaxBatchBytes, "batch");
        bool wake;
        lock (_gate)
        {
            position = 0;
            if (_closed)
                return false;
            wake = _active is null;
            var block = _active ?? TryActivate();
            if (block is not null && !block.TryAdd(head, body))
            {
                _full.Enqueue(block);
                _active = null;
                wake = true;
                block = TryActivate();
                block?.TryAdd(head, body);
            }

            if (block is not null)
            {
                position = block.EndPosition;
                Volatile.Write(ref _nextStart, position);
                Volatile.Write(ref _tail, position);
                Volatile.Write(ref _batches, _batches + 1);
                if (waiter is not null)
                {
                    // The first waiter shortens the block's commit interval: the committer must hear of it.
                    wake |= block.Waiters.Count == 0;
                    block.Waiters.Add(waiter);
                }
            }
        }

        if (wake)
            _work.Set();
        return position > 0;
    }

    /// <summary>The next block to commit, oldest first; null when none is due, with the longest time to <see cref="Wait"/>.</summary>
    /// <param name="force">Take the active block whatever its age.</param>
    public JournalBlock? Take(bool force, out TimeSpan wait)
    {
        lock (_gate)
        {
            wait = Timeout.InfiniteTimeSpan;
            if (_full.TryDequeue(out var block) || _active is null)
                return block;
            var interval = _active.Waiters.Count > 0 ? _commitInterval : _idleCommitInterval;
            wait = interval - _clock.GetElapsedTime(_active.OpenedAt);
            if (!force && !_closed && wait > TimeSpan.Zero)
                return null;
            block = _active;
            _active = null;
            return block;
        }
    }

    /// <summary>Waits until there may be something to take; false when the time has passed.</summary>
    public bool Wait(TimeSpan time) =>
        _work.WaitOne(time == Timeout.InfiniteTimeSpan ? Timeout.Infinite : Math.Max(1, (int)Math.Ceiling(time.TotalMilliseconds)));

    /// <summary>True when nothing is left to take and nothing can come.</summary>
    public bool IsDrained
    {
        get
        {
            lock (_gate)
                return _closed && _active is null && _full.Count == 0;
        }
    }

    /// <summary>Completes when an append may succeed again.</summary>
    public Task WaitForRoom()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(Journal));
            if (_active is not null || _free.Count > 0)
                return Task.CompletedTask;
            _room ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task;
        }
    }

    /// <summary>Refuses appends from here on; what was accepted can still be taken.</summary>
    public void Close()
    {
        TaskCompletionSource? room;
        lock (_gate)
        {
            _closed = true;
            room = _room;
            _room = null;
        }

        room?.SetException(new ObjectDisposedException(nameof(Journal)));
        _work.Set();
    }

    public void Dispose() => _work.Dispose();

    private JournalBlock? TryActivate()
    {
        if (!_free.TryPop(out var block))
            return null;
        block.Begin(_nextStart);
        block.OpenedAt = _clock.GetTimestamp();
        _active = block;
        return block;
    }

    private void Recycle(JournalBlock block)
    {
        TaskCompletionSource? room;
        lock (_gate)
        {
            _free.Push(block);
            room = _room;
            _room = null;
        }

        room?.SetResult();
    }
}
