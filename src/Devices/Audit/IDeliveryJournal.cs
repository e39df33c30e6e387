namespace Fengsui.Devices.Audit;

/// <summary>Where attempts to deliver are put on record. At least once: after a crash an attempt may be made, and recorded, again.</summary>
public interface IDeliveryJournal
{
    /// <summary>
    /// Takes an attempt to be written soon. Blocks while the log's queue is full: an attempt that cannot be recorded holds up
    /// its own receiver, and no other part. Any thread.
    /// </summary>
    void Record(DeliveryAttempt attempt);

    /// <summary>
    /// Completes when everything recorded before the call is on the disk. A receiver's cursor is saved only then, or a crash
    /// could leave an entry delivered of which nothing is on record.
    /// </summary>
    Task DurableAsync(CancellationToken cancellation);
}
