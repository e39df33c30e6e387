using Fengsui.Rules.Alerts;

namespace Fengsui.Devices.Alerts;

/// <summary>How many entries the log has gained since the start, by what they are. One thread counts; any thread reads.</summary>
public sealed class AlertCounts
{
    private readonly long[] _events = new long[AlertEventKindNames.All.Count + 1];
    private readonly long[] _held = new long[HoldReasonNames.All.Count + 1];

    public long Events(AlertEventKind kind) => Volatile.Read(ref _events[(int)kind]);

    /// <summary>Entries that were held back from receivers.</summary>
    public long Held(HoldReason reason) => Volatile.Read(ref _held[(int)reason]);

    internal void Add(AlertEntry entry)
    {
        if (entry is AlertEvent happened)
        {
            Interlocked.Increment(ref _events[(int)happened.Kind]);
        }

        if (entry.HeldBy != HoldReason.None)
        {
            Interlocked.Increment(ref _held[(int)entry.HeldBy]);
        }
    }
}
