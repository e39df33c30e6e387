namespace Fengsui.Devices.Alerts.Outbox;

/// <summary>What an outbox counts. Any thread.</summary>
internal sealed class OutboxCounters
{
    private readonly Lock _gate = new();

    public long Delivered { get; private set; }

    public long Attempts { get; private set; }

    public long Retries { get; private set; }

    public string LastError { get; private set; } = "";

    public long? LastErrorAtMs { get; private set; }

    public long? LastDeliveredAtMs { get; private set; }

    public void Took(int entries, long nowMs)
    {
        lock (_gate)
        {
            Attempts++;
            Delivered += entries;
            LastDeliveredAtMs = nowMs;
        }
    }

    public void Missed(string detail, long nowMs)
    {
        lock (_gate)
        {
            Attempts++;
            Retries++;
            LastError = detail;
            LastErrorAtMs = nowMs;
        }
    }
}
