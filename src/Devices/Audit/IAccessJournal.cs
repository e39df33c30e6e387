namespace Fengsui.Devices.Audit;

/// <summary>Where access to what needs a role is put on record, and changes of configuration.</summary>
public interface IAccessJournal
{
    /// <summary>Takes an access to be written soon; blocks while the log's queue is full. Any thread.</summary>
    void Record(AccessAttempt access);

    /// <summary>A change of receivers, keys or other configuration.</summary>
    /// <param name="actor">Who changed it; <see cref="AuditRecord.Program"/> when a file changed.</param>
    /// <param name="subject">What: <c>receivers</c>, <c>api-keys</c>.</param>
    /// <param name="change">What is different, in a sentence. No secrets.</param>
    void RecordChange(string actor, string subject, string change);

    /// <summary>Completes when everything recorded before the call is on the disk: joint data are given out only then.</summary>
    Task DurableAsync(CancellationToken cancellation);
}
