using Fengsui.Devices.Journal;

namespace Fengsui.Ingest.Admission;

/// <summary>The intake of one connection. Called by that connection's read loop only, one call at a time.</summary>
public interface IConnectionIntake : IDisposable
{
    /// <summary>Decodes and stages one message. Synchronous; never blocks.</summary>
    IntakeVerdict Accept(in InboundMessage message);

    /// <summary>The MQTT 5.0 reason code for the last <see cref="IntakeVerdict.Refused"/>: 0x87, 0x97 or 0x99.</summary>
    byte RefusedReason { get; }

    /// <summary>True while something is staged and not yet appended.</summary>
    bool HasStaged { get; }

    /// <summary>Readings staged; a message that was not taken counts as one.</summary>
    int Staged { get; }

    /// <summary>True when the staging buffer is full and must be committed before the next message.</summary>
    bool NeedsCommit { get; }

    /// <summary>
    /// Appends the staged batch to the journal, at the end of a read or when <see cref="NeedsCommit"/>. <paramref name="waiter"/> is told when
    /// <paramref name="position"/> is durable. False when the journal has no room; the batch stays staged.
    /// </summary>
    bool TryCommit(ICommitWaiter waiter, out long position);

    /// <summary>Awaited by the read loop before it tries again: the back-pressure to the socket.</summary>
    ValueTask WaitForRoomAsync(CancellationToken cancellation);

    /// <summary>Everything up to here is durable.</summary>
    long CommittedPosition { get; }
}
