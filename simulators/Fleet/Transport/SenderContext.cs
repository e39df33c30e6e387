using System.Diagnostics;
using System.Net;
using Fengsui.Fleet.Measuring;
using Fengsui.Fleet.Payloads;

namespace Fengsui.Fleet.Transport;

/// <summary>What the connections of one sender thread share.</summary>
internal sealed class SenderContext(FleetOptions options, EndPoint server, FleetStart start)
{
    private const int ReceiveBufferBytes = 64 * 1024;

    public FleetOptions Options { get; } = options;

    public EndPoint Server { get; } = server;

    public FleetStart Start { get; } = start;

    public required MessageComposer Composer { get; init; }

    public required SampleClock Clock { get; init; }

    public required IReadiness Readiness { get; init; }

    public AckedLogWriter? AckedLog { get; init; }

    public FleetCounters Counters { get; } = new();

    public byte[] ReceiveBuffer { get; } = GC.AllocateArray<byte>(ReceiveBufferBytes, pinned: true);

    public static long Microseconds(long ticks) => ticks / (Stopwatch.Frequency / 1_000_000);

    public static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
