using Fengsui.Devices.Engine;
using Fengsui.Devices.Journal;
using Fengsui.Devices.Registry;

namespace Fengsui.Ingest.Admission;

/// <summary>The journal of a running server. The engine changes its clock once, when it has recovered.</summary>
internal sealed class EngineJournal(DeviceEngine engine) : IReadingJournal
{
    public DeviceRegistry Registry => engine.Registry;

    public long Committed => engine.Intake.Committed;

    public long NowMs() => engine.Clock.NowMs();

    public bool TryAppend(ReadOnlySpan<byte> batch, ICommitWaiter? waiter, out long position) => engine.Intake.TryAppend(batch, waiter, out position);

    public ValueTask WaitForRoomAsync(CancellationToken cancellation) => engine.Intake.WaitForRoomAsync(cancellation);
}
