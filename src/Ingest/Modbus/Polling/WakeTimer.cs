using System.Threading.Tasks.Sources;

namespace Fengsui.Ingest.Modbus.Polling;

/// <summary>Lets one loop wait until a moment, or until somebody wakes it before; allocates nothing per wait.</summary>
internal sealed class WakeTimer : IValueTaskSource, IDisposable
{
    private readonly Lock _lock = new();
    private readonly ITimer _timer;
    private ManualResetValueTaskSourceCore<bool> _signal = new() { RunContinuationsAsynchronously = true };
    private bool _isAwaited;
    private bool _isWoken;

    public WakeTimer(TimeProvider time) =>
        _timer = time.CreateTimer(static timer => ((WakeTimer)timer!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Completes after <paramref name="delay"/>, or when woken; at once when woken since the last wait. It may complete early.</summary>
    public ValueTask WaitAsync(TimeSpan delay)
    {
        lock (_lock)
        {
            if (_isWoken || delay <= TimeSpan.Zero)
            {
                _isWoken = false;
                return ValueTask.CompletedTask;
            }

            _signal.Reset();
            _isAwaited = true;

            // Under the lock, or a shorter wait that is asked for at this moment would be lengthened again.
            Set(delay);
            return new ValueTask(this, _signal.Version);
        }
    }

    /// <summary>Shortens the wait in hand to <paramref name="delay"/>; when nobody waits, the next wait is none.</summary>
    public void Shorten(TimeSpan delay)
    {
        lock (_lock)
        {
            if (!_isAwaited)
            {
                _isWoken = true;
                return;
            }

            Set(delay);
        }
    }

    public void Wake()
    {
        lock (_lock)
        {
            if (!_isAwaited)
            {
                _isWoken = true;
                return;
            }

            _isAwaited = false;
        }

        _signal.SetResult(true);
    }

    public void Dispose()
    {
        _timer.Dispose();
        Wake();
    }

    void IValueTaskSource.GetResult(short token) => _signal.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _signal.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _signal.OnCompleted(continuation, state, token, flags);

    /// <summary>Timers count whole milliseconds and drop the rest: rounded up, or the last millisecond would be spent in circles.</summary>
    private void Set(TimeSpan delay) =>
        _timer.Change(TimeSpan.FromMilliseconds(Math.Clamp(Math.Ceiling(delay.TotalMilliseconds), 0, int.MaxValue)), Timeout.InfiniteTimeSpan);
}
