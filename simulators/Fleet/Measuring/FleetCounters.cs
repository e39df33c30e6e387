namespace Fengsui.Fleet.Measuring;

/// <summary>What one sender thread has done. One writer; others read it for display and after the end.</summary>
public sealed class FleetCounters
{
    /// <summary>PUBLISH packets written, re-sent ones included.</summary>
    public long Sent { get; internal set; }

    /// <summary>Samples in them times values in a sample.</summary>
    public long Readings { get; internal set; }

    public long BytesSent { get; internal set; }

    public long Writes { get; internal set; }

    /// <summary>Messages that the server took responsibility for (PUBACK or PUBREC with success).</summary>
    public long Acked { get; internal set; }

    /// <summary>Messages refused with a reason code of 0x80 and above.</summary>
    public long Refused { get; internal set; }

    /// <summary>PUBLISH packets sent again after a reconnect.</summary>
    public long Resent { get; internal set; }

    /// <summary>Messages whose payload was garbage by design.</summary>
    public long Garbage { get; internal set; }

    /// <summary>Connections lost after they had been accepted.</summary>
    public long Disconnects { get; internal set; }

    /// <summary>Attempts to connect that failed or were refused.</summary>
    public long ConnectFailures { get; internal set; }

    /// <summary>Connections that are accepted at this moment.</summary>
    public long Connected { get; internal set; }

    /// <summary>Acknowledgements for nothing in flight: the server's mistake, or late ones of an earlier connection.</summary>
    public long StrayAcks { get; internal set; }

    /// <summary>Send to acknowledgement; from the intended time of sending when the fleet is paced.</summary>
    public LatencyHistogram Latency { get; } = new();

    /// <summary>How late writes left, against their schedule.</summary>
    public LatencyHistogram Lateness { get; } = new();

    internal void Add(FleetCounters other)
    {
        Sent += other.Sent;
        Readings += other.Readings;
        BytesSent += other.BytesSent;
        Writes += other.Writes;
        Acked += other.Acked;
        Refused += other.Refused;
        Resent += other.Resent;
        Garbage += other.Garbage;
        Disconnects += other.Disconnects;
        ConnectFailures += other.ConnectFailures;
        Connected += other.Connected;
        StrayAcks += other.StrayAcks;
        Latency.Add(other.Latency);
        Lateness.Add(other.Lateness);
    }
}
