namespace Fengsui.Devices.Engine;

/// <summary>
/// The time that goes into the journal: follows the wall clock forward and never runs backward. When the wall clock is
/// set back, journal time goes on a little slower than real time until the wall clock has caught up: durations of readings
/// without a time of their own stay right within 5 %. Each such step is counted.
/// </summary>
public sealed class JournalClock
{
    /// <summary>Less than this is the clock's own jitter.</summary>
    private const long StepMs = 100;

    /// <summary>Journal time per real time while the wall clock is behind.</summary>
    private const double Pace = 0.95;

    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private long _lastMs;
    private long _lastStamp;
    private long _anchorMs;
    private long _anchorStamp;
    private bool _behind;

    /// <param name="time">The machine's clocks.</param>
    /// <param name="floorMs">The newest time that the journal holds.</param>
    public JournalClock(TimeProvider time, long floorMs)
    {
        _time = time;
        _lastMs = Math.Max(floorMs, WallMs());
        _lastStamp = time.GetTimestamp();
    }

    /// <summary>How often the wall clock was found to have been set back.</summary>
    public long BackwardSteps { get; private set; }

    /// <summary>Milliseconds since 1970 UTC; never less than the answer before.</summary>
    public long NowMs()
    {
        lock (_lock)
        {
            var wall = WallMs();
            var stamp = _time.GetTimestamp();
            if (wall >= _lastMs)
            {
                _behind = false;
                _lastMs = wall;
                _lastStamp = stamp;
                return wall;
            }

            if (!_behind)
            {
                _behind = true;
                (_anchorMs, _anchorStamp) = (_lastMs, _lastStamp);
                BackwardSteps += _lastMs - wall > StepMs ? 1 : 0;
            }

            var paced = _anchorMs + (long)(_time.GetElapsedTime(_anchorStamp, stamp).TotalMilliseconds * Pace);
            _lastMs = Math.Max(_lastMs, paced);
            return _lastMs;
        }
    }

    private long WallMs() => _time.GetUtcNow().ToUnixTimeMilliseconds();
}
