using System.Threading.Tasks.Sources;
using Fengsui.Devices.Journal;

namespace Fengsui.Ingest.Sources;

/// <summary>One connection's wait for its batch to be durable; allocates nothing per wait. One wait at a time.</summary>
internal sealed class CommitGate : ICommitWaiter, IValueTaskSource, IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenRegistration _stop;
    private readonly CancellationToken _stopping;
    private ManualResetValueTaskSourceCore<bool> _signal = new() { RunContinuationsAsynchronously = true };
    private long _committed = -1;
    private long _awaited = -1;

    public CommitGate(CancellationToken stopping)
    {
        _stopping = stopping;
        _stop = stopping.UnsafeRegister(static gate => ((CommitGate)gate!).Stop(), this);
    }

    /// <summary>Completes when everything up to <paramref name="position"/> is durable; cancelled when the connection is to stop.</summary>
    public ValueTask WaitAsync(long position)
    {
        lock (_lock)
        {
            if (_committed >= position)
            {
                return ValueTask.CompletedTask;
            }

            _stopping.ThrowIfCancellationRequested();
            _awaited = position;
            _signal.Reset();
            return new ValueTask(this, _signal.Version);
        }
    }

    public void OnCommitted(long position)
    {
        lock (_lock)
        {
            _committed = Math.Max(_committed, position);
            if (_awaited < 0 || _committed < _awaited)
            {
                return;
            }

            _awaited = -1;
        }

        _signal.SetResult(true);
    }

    public void Dispose() => _stop.Dispose();

    void IValueTaskSource.GetResult(short token) => _signal.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _signal.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _signal.OnCompleted(continuation, state, token, flags);

    private void Stop()
    {
        lock (_lock)
        {
            if (_awaited < 0)
            {
                return;
            }

            _awaited = -1;
        }

        _signal.SetException(new OperationCanceledException(_stopping));
    }
}
