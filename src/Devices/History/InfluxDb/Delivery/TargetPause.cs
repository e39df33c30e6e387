using Fengsui.Devices.History.InfluxDb.Configuration;

namespace Fengsui.Devices.History.InfluxDb.Delivery;

/// <summary>
/// Makes all senders of a target wait together after a failure: doubling, half of it by chance so that many writers do not
/// come back at once, and never shorter than the server asked for.
/// </summary>
internal sealed class TargetPause(InfluxTargetOptions target, TimeProvider time, Random random)
{
    /// <summary>A server, or a proxy with a wrong clock, must not be able to silence a target for days.</summary>
    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromMinutes(15);

    private readonly Lock _gate = new();
    private int _failures;
    private long _until;
    private InfluxTargetState? _state;
    private bool _hasSucceeded;

    /// <summary>Null while requests succeed.</summary>
    public InfluxTargetState? State
    {
        get
        {
            lock (_gate)
            {
                return _hasSucceeded && _until <= time.GetTimestamp() ? null : _state;
            }
        }
    }

    /// <summary>The next failure waits briefly again. One that has just asked for a pause gets it: the success may be of a request before.</summary>
    public void Succeeded()
    {
        lock (_gate)
        {
            _failures = 0;
            _hasSucceeded = true;
        }
    }

    public void Failed(TimeSpan? retryAfter)
    {
        lock (_gate)
        {
            var full = Math.Min(target.RetryMaximum.Ticks, target.RetryInitial.Ticks * (1L << Math.Min(_failures++, 20)));
            var wait = TimeSpan.FromTicks((long)(full * (0.5 + random.NextDouble() / 2)));
            var asked = retryAfter > MaxRetryAfter ? MaxRetryAfter : retryAfter ?? TimeSpan.Zero;
            Wait(InfluxTargetState.BackingOff, asked > wait ? asked : wait);
        }
    }

    public void Stopped()
    {
        lock (_gate)
        {
            Wait(InfluxTargetState.Stopped, target.StoppedRetry);
        }
    }

    /// <summary>Completes when the next request may be made.</summary>
    public async Task PassAsync(CancellationToken cancellation)
    {
        while (Left() is { Ticks: > 0 } left)
        {
            await Task.Delay(left, time, cancellation).ConfigureAwait(false);
        }
    }

    private void Wait(InfluxTargetState state, TimeSpan wait)
    {
        _state = state;
        _hasSucceeded = false;
        _until = Math.Max(_until, time.GetTimestamp() + (long)(wait.TotalSeconds * time.TimestampFrequency));
    }

    private TimeSpan Left()
    {
        lock (_gate)
        {
            // A millisecond more: a timer that fires early must not make a second, tiny wait of it.
            var left = _until - time.GetTimestamp();
            return left <= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds((double)left / time.TimestampFrequency) + TimeSpan.FromMilliseconds(1);
        }
    }
}
