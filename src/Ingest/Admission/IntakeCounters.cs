using Fengsui.Devices.Records;

namespace Fengsui.Ingest.Admission;

/// <summary>What all connections have handed in since the process started. Added to once per batch.</summary>
public sealed class IntakeCounters
{
    private readonly long[] _rejected = new long[RejectReasonNames.Count];
    private long _messages;
    private long _readings;
    private long _batches;
    private long _fullDecodes;

    public long Messages => Volatile.Read(ref _messages);

    public long Readings => Volatile.Read(ref _readings);

    public long Batches => Volatile.Read(ref _batches);

    /// <summary>Messages that the fast decoder left to the full one.</summary>
    public long FullDecodes => Volatile.Read(ref _fullDecodes);

    /// <summary>The first reason that anything was rejected for, in their order; <see cref="RejectReason.None"/> when nothing was.</summary>
    internal RejectReason FirstRejected()
    {
        for (var reason = 1; reason < RejectReasonNames.Count; reason++)
        {
            if (Rejected((RejectReason)reason) > 0)
            {
                return (RejectReason)reason;
            }
        }

        return RejectReason.None;
    }

    public long Rejected(RejectReason reason) => Volatile.Read(ref _rejected[(int)reason]);

    internal void Add(long messages, long readings, long fullDecodes)
    {
        Interlocked.Add(ref _messages, messages);
        Interlocked.Add(ref _readings, readings);
        Interlocked.Add(ref _fullDecodes, fullDecodes);
        Interlocked.Increment(ref _batches);
    }

    internal void Reject(RejectReason reason) => Interlocked.Increment(ref _rejected[(int)reason]);
}
