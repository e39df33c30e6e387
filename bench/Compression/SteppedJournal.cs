using Fengsui.Devices.Engine;
using Fengsui.Devices.Journal;
using Fengsui.Devices.Registry;
using Fengsui.Ingest.Admission;

namespace Fengsui.Bench.Compression;

/// <summary>The journal of the engine for one thread that drives everything: what is appended is durable before the call returns where that is asked for.</summary>
internal sealed class SteppedJournal(DeviceEngine engine) : IReadingJournal
{
    /// <summary>A stepped vehicle must not wait for its answer, so its batch is durable at once.</summary>
    public bool WaitsForCommit { get; set; }

    public DeviceRegistry Registry => engine.Registry;

    public long Committed => engine.Intake.Committed;

    public long NowMs() => engine.Clock.NowMs();

    public bool TryAppend(ReadOnlySpan<byte> batch, ICommitWaiter? waiter, out long position)
    {
        while (!engine.Intake.TryAppend(batch, null, out position))
        {
            Thread.Yield();
        }

        if (!WaitsForCommit)
        {
            return true;
        }

        for (var wait = new SpinWait(); Committed < position; wait.SpinOnce())
        {
        }

        waiter?.OnCommitted(position);
        return true;
    }

    public ValueTask WaitForRoomAsync(CancellationToken cancellation) => engine.Intake.WaitForRoomAsync(cancellation);
}
