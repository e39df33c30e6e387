namespace Fengsui.Devices.Audit;

/// <summary>Takes down who was told what and when, and how it ended. At least once: what a crash cut off is attempted, and taken down, again.</summary>
public interface IDeliveryJournal
{
    /// <summary>
    /// Never waits for a disk and never throws; called by the workers of all receivers, each in the order of its own attempts. Only while the
    /// queue of the audit log is full it waits for room: an attempt of which nothing can be kept holds up its own receiver.
    /// </summary>
    void Record(DeliveryAttempt attempt);

    /// <summary>
    /// Completes when every attempt that was recorded before the call is on the disk. A cursor is saved after that, or a crash could leave
    /// an entry delivered of which nothing is on record.
    /// </summary>
    Task DurableAsync(CancellationToken cancellation) => Task.CompletedTask;
}
