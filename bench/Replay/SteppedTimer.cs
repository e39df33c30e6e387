namespace Fengsui.Bench.Replay;

/// <summary>A timer of <see cref="SteppedTime"/>.</summary>
internal sealed class SteppedTimer(TimerCallback callback, object? state, SteppedTime time) : ITimer
{
    private long _dueMs = long.MaxValue;
    private long _periodMs;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        Volatile.Write(ref _periodMs, period == Timeout.InfiniteTimeSpan ? 0 : (long)period.TotalMilliseconds);
        Volatile.Write(ref _dueMs, dueTime == Timeout.InfiniteTimeSpan ? long.MaxValue : time.NowMs + (long)dueTime.TotalMilliseconds);
        return true;
    }

    public void FireIfDue(long nowMs)
    {
        if (nowMs < Volatile.Read(ref _dueMs))
        {
            return;
        }

        Volatile.Write(ref _dueMs, _periodMs > 0 ? nowMs + _periodMs : long.MaxValue);
        callback(state);
    }

    public void Dispose() => time.Forget(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
