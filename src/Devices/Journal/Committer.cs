namespace Fengsui.Devices.Journal;

/// <summary>
/// The journal's one writing thread: takes the next block, makes it durable however long that takes, then tells those
/// who wait, then hands it to the projections.
/// </summary>
/// <remarks>
/// Waiters come before consumers because an acknowledgement promises that the data is durable, not that it was applied:
/// whatever a consumer had not seen when the process died it reads from the journal at the next start. So a slow shard
/// does not add to the latency of the acknowledgements of its block.
/// </remarks>
internal sealed class Committer : IDisposable
{
    private readonly AppendBuffer _buffer;
    private readonly CommitAwaiters _awaiters;
    private readonly SegmentWriter _writer;
    private readonly JournalMetrics _metrics;
    private readonly JournalOptions _options;
    private readonly TimeProvider _clock;
    private readonly ulong _journalId;
    private readonly ManualResetEventSlim _stopping = new();
    private readonly Thread _thread;
    private IReadOnlyList<IBlockConsumer> _consumers = [];
    private JournalHealth _health = JournalHealth.Ok;
    private long _lastEnd;
    private long _lastSequence;
    private bool _isLastTry;

    public Committer(JournalOptions options, RecoveryReport recovery, AppendBuffer buffer, CommitAwaiters awaiters, SegmentWriter writer, JournalMetrics metrics, TimeProvider clock)
    {
        _options = options;
        _buffer = buffer;
        _awaiters = awaiters;
        _writer = writer;
        _metrics = metrics;
        _clock = clock;
        _journalId = recovery.JournalId;
        _lastEnd = recovery.EndPosition;
        _lastSequence = recovery.LastSequence;
        _thread = new(Run) { Name = "journal-committer", IsBackground = true };
    }

    public JournalHealth Health => Volatile.Read(ref _health);

    public void Start(IReadOnlyList<IBlockConsumer> consumers)
    {
        _consumers = consumers;
        _thread.Start();
    }

    /// <summary>Commits what was accepted, unless the storage fails: then what was not acknowledged is given up.</summary>
    public void Stop()
    {
        _buffer.Close();
        _stopping.Set();
        if (_thread.ThreadState.HasFlag(ThreadState.Unstarted))
            Run();
        else
            _thread.Join();
    }

    public void Dispose() => _stopping.Dispose();

    private void Run()
    {
        var isTimeUp = false;
        while (true)
        {
            var block = _buffer.Take(isTimeUp, out var wait);
            if (block is null)
            {
                if (_buffer.IsDrained)
                    return;
                isTimeUp = !_buffer.Wait(wait);
                continue;
            }

            isTimeUp = false;
            if (!TryCommit(block))
                return;
        }
    }

    private bool TryCommit(JournalBlock block)
    {
        block.Seal(_lastEnd, _lastSequence + 1, _clock.GetUtcNow().ToUnixTimeMilliseconds(), _journalId);
        var began = _clock.GetTimestamp();
        if (!TryWrite(block))
            return false;
        _metrics.Committed(block, _clock.GetElapsedTime(began));
        _lastEnd = block.EndPosition;
        _lastSequence = block.Sequence;
        _awaiters.Publish(_lastEnd);
        WakeWaiters(block);
        HandOver(block);
        block.Release();
        return true;
    }

    /// <summary>Tries until the block is durable; false only when the journal is being closed and the last attempt failed.</summary>
    private bool TryWrite(JournalBlock block)
    {
        var pause = _options.RetryInitial;
        while (true)
        {
            try
            {
                _writer.Write(block);
                Volatile.Write(ref _health, JournalHealth.Ok);
                return true;
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                Volatile.Write(ref _health, _health.Fail(failure.Message, _clock.GetUtcNow()));
                _metrics.CommitFailed();
            }

            if (_isLastTry)
                return false;
            _isLastTry = _stopping.Wait(pause);
            pause = pause * 2 < _options.RetryMaximum ? pause * 2 : _options.RetryMaximum;
        }
    }

    private void WakeWaiters(JournalBlock block)
    {
        foreach (var waiter in block.Waiters.Items)
        {
            try
            {
                waiter.OnCommitted(block.EndPosition);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                // A bug of one connection must not stop the acknowledgements of all others.
                _metrics.CallbackFailed();
            }
        }

        block.Waiters.Clear();
    }

    private void HandOver(JournalBlock block)
    {
        foreach (var consumer in _consumers)
        {
            try
            {
                consumer.OnBlock(block);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                _metrics.CallbackFailed();
            }
        }
    }
}
