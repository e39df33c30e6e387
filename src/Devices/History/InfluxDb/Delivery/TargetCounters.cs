namespace Fengsui.Devices.History.InfluxDb.Delivery;

/// <summary>What a target has done since the process started. Senders add, anybody reads.</summary>
internal sealed class TargetCounters(TimeProvider time)
{
    private readonly Lock _gate = new();
    private long _lines;
    private long _bytes;
    private long _requests;
    private long _retries;
    private long _lastWriteMs = long.MinValue;
    private (string Text, DateTimeOffset At)? _lastError;

    public long Lines => Volatile.Read(ref _lines);

    public long Bytes => Volatile.Read(ref _bytes);

    public long Requests => Volatile.Read(ref _requests);

    public long Retries => Volatile.Read(ref _retries);

    public DateTimeOffset? LastWriteAt =>
        Volatile.Read(ref _lastWriteMs) is var ms && ms != long.MinValue ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;

    public (string Text, DateTimeOffset At)? LastError
    {
        get
        {
            lock (_gate)
            {
                return _lastError;
            }
        }
    }

    public void Requested() => Interlocked.Increment(ref _requests);

    public void Wrote(int lines, int bytes)
    {
        Interlocked.Add(ref _lines, lines);
        Interlocked.Add(ref _bytes, bytes);
        Volatile.Write(ref _lastWriteMs, time.GetUtcNow().ToUnixTimeMilliseconds());
    }

    public void Repeated() => Interlocked.Increment(ref _retries);

    public void Failed(string reason)
    {
        lock (_gate)
        {
            _lastError = (reason, time.GetUtcNow());
        }
    }
}
