namespace Fengsui.Vehicles;

/// <summary>What all vehicles have done so far; written by any of them.</summary>
internal sealed class VehiclesCounters
{
    private long _positions;
    private long _batches;
    private long _acked;
    private long _refused;
    private long _connects;
    private long _failures;
    private long _dropped;
    private long _unacknowledged;

    public long Acked => Volatile.Read(ref _acked);

    public void Sent(int positions, bool isBatch)
    {
        Interlocked.Add(ref _positions, positions);
        Interlocked.Add(ref _batches, isBatch ? 1 : 0);
    }

    public void Answered(int positions, bool isTaken) => Interlocked.Add(ref isTaken ? ref _acked : ref _refused, positions);

    public void Connected() => Interlocked.Increment(ref _connects);

    public void Failed() => Interlocked.Increment(ref _failures);

    public void Dropped() => Interlocked.Increment(ref _dropped);

    public void LeftOver(int positions) => Interlocked.Add(ref _unacknowledged, positions);

    public VehiclesSummary Summary() => new(
        Volatile.Read(ref _positions), Volatile.Read(ref _batches), Acked, Volatile.Read(ref _refused), Volatile.Read(ref _unacknowledged),
        Volatile.Read(ref _dropped), Volatile.Read(ref _connects), Volatile.Read(ref _failures));
}
