using System.Diagnostics;

namespace Fengsui.Fleet.Transport;

/// <summary>The starting signal and the stop signal, shared by all sender threads. Times are Stopwatch ticks.</summary>
internal sealed class FleetStart
{
    private long _startTicks;
    private volatile bool _stopping;

    /// <summary>0 until every connection is accepted and the run begins.</summary>
    public long StartTicks => Volatile.Read(ref _startTicks);

    public bool HasBegun => StartTicks != 0;

    public bool IsStopping => _stopping;

    public void Begin() => Volatile.Write(ref _startTicks, Stopwatch.GetTimestamp());

    public void Stop() => _stopping = true;
}
