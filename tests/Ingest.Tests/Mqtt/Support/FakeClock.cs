namespace Fengsui.Ingest.Tests.Mqtt.Support;

/// <summary>Time that moves only when told; timers fire inside <see cref="Advance"/>, on the caller's thread.</summary>
internal sealed class FakeClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<FakeTimer> _timers = [];
    private long _ticks = TimeSpan.TicksPerDay;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Wall time; may be set apart from the monotonic time.</summary>
    public DateTimeOffset Wall { get; set; } = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override DateTimeOffset GetUtcNow() => Wall;

    public void Advance(double seconds)
    {
        var target = GetTimestamp() + (long)(seconds * TimeSpan.TicksPerSecond);
        while (true)
        {
            FakeTimer? next;
            lock (_gate) next = _timers.Where(t => t.DueTicks <= target).MinBy(t => t.DueTicks);
            if (next is null) break;
            Interlocked.Exchange(ref _ticks, Math.Max(_ticks, next.DueTicks));
            next.Fire();
        }
        Interlocked.Exchange(ref _ticks, target);
        Wall += TimeSpan.FromSeconds(seconds);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        lock (_gate) _timers.Add(timer);
        return timer;
    }

    private sealed class FakeTimer(FakeClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public long DueTicks { get; private set; } = long.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            DueTicks = dueTime < TimeSpan.Zero ? long.MaxValue : clock.GetTimestamp() + dueTime.Ticks;
            return true;
        }

        public void Fire()
        {
            DueTicks = _period > TimeSpan.Zero ? DueTicks + _period.Ticks : long.MaxValue;
            callback(state);
        }

        public void Dispose()
        {
            lock (clock._gate) clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
