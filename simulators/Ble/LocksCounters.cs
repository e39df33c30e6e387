namespace Fengsui.Ble;

/// <summary>Counts what all gateways do.</summary>
internal sealed class LocksCounters
{
    private long _adverts;
    private long _sent;
    private long _resent;
    private long _acked;
    private long _connects;
    private long _failures;

    public void Said() => Interlocked.Increment(ref _adverts);

    public void Sent(bool isRepeated)
    {
        Interlocked.Increment(ref _sent);
        Interlocked.Add(ref _resent, isRepeated ? 1 : 0);
    }

    public void Acked() => Interlocked.Increment(ref _acked);

    public void Connected() => Interlocked.Increment(ref _connects);

    public void Failed() => Interlocked.Increment(ref _failures);

    public LocksSummary Summary()
    {
        var (acked, sent, resent) = (Interlocked.Read(ref _acked), Interlocked.Read(ref _sent), Interlocked.Read(ref _resent));
        return new LocksSummary(Interlocked.Read(ref _adverts), sent, resent, acked, sent - resent - acked, Interlocked.Read(ref _connects), Interlocked.Read(ref _failures));
    }
}
