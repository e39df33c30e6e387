using Fengsui.Devices.Journal;

namespace Fengsui.Ingest.Admission;

/// <summary>
/// One connection's way into the journal: each message is decoded into the stage at once, and the stage is appended as
/// one batch at the end of the read. Used by the connection's read loop only.
/// </summary>
internal sealed class ConnectionIntake(IReadingJournal journal, MessageAdmission admission, RouteCache routes, int source)
    : IConnectionIntake
{
    private long _receiveMs;

    public byte RefusedReason => admission.RefusedReason;

    public bool HasStaged => !admission.Stage.IsEmpty;

    public int Staged => admission.Stage.Received;

    public bool NeedsCommit => admission.Stage.IsFull;

    public long CommittedPosition => journal.Committed;

    public IntakeVerdict Accept(in InboundMessage message)
    {
        var route = routes.Find(message);
        if (route.Kind == TelemetryKind.Other)
        {
            return IntakeVerdict.NotTelemetry;
        }

        if (admission.Stage.IsEmpty)
        {
            // One look at the clock per batch.
            _receiveMs = journal.NowMs();
        }

        return admission.Admit(message, route, _receiveMs);
    }

    public bool TryCommit(ICommitWaiter waiter, out long position)
    {
        if (!journal.TryAppend(admission.Stage.Complete(source, _receiveMs), waiter, out position))
        {
            return false;
        }

        admission.Flush();
        return true;
    }

    public ValueTask WaitForRoomAsync(CancellationToken cancellation) =>
        journal.WaitForRoomAsync(cancellation);

    public void Dispose()
    {
        // What was staged and not appended was never acknowledged: the client sends it again.
        admission.Stage.Clear();
    }
}
