namespace Fengsui.Bench.Replay;

/// <summary>
/// A clock that stands still until it is told to go on, so that an hour can be recorded in a minute: timers fire and the engine's
/// clockwork writes its ticks by it. One thread drives; any thread asks.
/// </summary>
internal sealed class SteppedTime(long startMs) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<SteppedTimer> _timers = [];
    private long _nowMs = startMs;
    private long _heard;
    private int _driver;

    public long NowMs => Volatile.Read(ref _nowMs);

    public override long TimestampFrequency => 1_000;

    public override DateTimeOffset GetUtcNow()
    {
        if (Environment.CurrentManagedThreadId != _driver)
        {
            Interlocked.Increment(ref _heard);
        }

        return DateTimeOffset.FromUnixTimeMilliseconds(NowMs);
    }

    public override long GetTimestamp() => NowMs;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SteppedTimer(callback, state, this);
        timer.Change(dueTime, period);
        lock (_lock)
        {
            _timers.Add(timer);
        }

        return timer;
    }

    /// <summary>Goes on, fires what is due, and waits until somebody has looked at the new time, or 2 ms: a tick must not be left out because the machine is busy.</summary>
    public void Advance(long milliseconds)
    {
        _driver = Environment.CurrentManagedThreadId;
        var heard = Interlocked.Read(ref _heard);
        Volatile.Write(ref _nowMs, _nowMs + milliseconds);
        SteppedTimer[] timers;
        lock (_lock)
        {
            timers = [.. _timers];
        }

        Array.ForEach(timers, timer => timer.FireIfDue(NowMs));
        var waited = new SpinWait();
        for (var until = Environment.TickCount64 + 2; Interlocked.Read(ref _heard) == heard && Environment.TickCount64 < until;)
        {
            waited.SpinOnce();
        }
    }

    /// <summary>Goes on without firing anything: for moments between two calls of <see cref="Advance"/>.</summary>
    public void MoveTo(long nowMs)
    {
        _driver = Environment.CurrentManagedThreadId;
        Volatile.Write(ref _nowMs, Math.Max(_nowMs, nowMs));
    }

    internal void Forget(SteppedTimer timer)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
        }
    }
}
