namespace Fengsui.Devices.Alerts.Outbox;

/// <summary>
/// Makes all attempts for a receiver that cannot be reached wait together: doubling, half of it by chance so that many senders do not
/// come back at once, and never shorter than the receiver asked for, within reason.
/// </summary>
internal sealed class DeliveryPause(ReceiverTerms terms, TimeProvider time, Random random)
{
    /// <summary>A receiver with a wrong clock must not be able to silence itself for days.</summary>
    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromMinutes(15);

    private readonly Lock _gate = new();
    private int _failures;
    private long _until = long.MinValue;

    /// <summary>Whether the last attempts failed.</summary>
    public bool IsFailing
    {
        get
        {
            lock (_gate)
            {
                return _failures > 0;
            }
        }
    }

    /// <param name="started">Time stamp of the attempt's begin: one that was under way when another failed says nothing about the pause that followed.</param>
    public void Succeeded(long started)
    {
        lock (_gate)
        {
            if (started >= _until)
            {
                _failures = 0;
                _until = long.MinValue;
            }
        }
    }

    public void Failed(TimeSpan? retryAfter)
    {
        lock (_gate)
        {
            var wait = Wait(_failures++);
            var asked = retryAfter > MaxRetryAfter ? MaxRetryAfter : retryAfter ?? TimeSpan.Zero;
            _until = Math.Max(_until, time.GetTimestamp() + Ticks(asked > wait ? asked : wait));
        }
    }

    /// <summary>The wait before a refused entry is tried again.</summary>
    public TimeSpan AfterRefusal(int attempts)
    {
        lock (_gate)
        {
            return Wait(attempts - 1);
        }
    }

    /// <summary>Completes when the next attempt may be made.</summary>
    public async Task PassAsync(CancellationToken cancellation)
    {
        while (Left() is { Ticks: > 0 } left)
        {
            await Task.Delay(left, time, cancellation).ConfigureAwait(false);
        }
    }

    private TimeSpan Wait(int failures)
    {
        var full = Math.Min(terms.RetryMaximum.Ticks, terms.RetryInitial.Ticks * (1L << Math.Min(failures, 20)));
        return TimeSpan.FromTicks((long)(full * (0.5 + random.NextDouble() / 2)));
    }

    private long Ticks(TimeSpan wait) => (long)(wait.TotalSeconds * time.TimestampFrequency);

    private TimeSpan Left()
    {
        lock (_gate)
        {
            // A millisecond more: a timer that fires early must not make a second, tiny wait of it.
            var left = _until == long.MinValue ? 0 : _until - time.GetTimestamp();
            return left <= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds((double)left / time.TimestampFrequency) + TimeSpan.FromMilliseconds(1);
        }
    }
}
