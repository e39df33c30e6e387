namespace Fengsui.Devices.Engine;

/// <summary>
/// The time that goes into the journal: follows the wall clock forward and never runs backward. When the wall clock is
/// set back, journal time goes on at half speed until the wall clock has caught up; each such step is counted.
/// </summary>
public sealed class JournalClock
{
    private const long StepMs = 100;

    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private long _lastMs;
    private long _lastStamp;
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

            if (!_behind && _lastMs - wall > StepMs)
            {
                _behind = true;
                BackwardSteps++;
            }

            var half = (long)_time.GetElapsedTime(_lastStamp, stamp).TotalMilliseconds / 2;
            if (half > 0)
            {
                _lastMs += half;
                _lastStamp = stamp;
            }

            return _lastMs;
        }
    }

    private long WallMs() => _time.GetUtcNow().ToUnixTimeMilliseconds();
}
