namespace Fengsui.Devices.Audit;

/// <summary>How the audit log is.</summary>
public sealed record AuditStatus
{
    /// <summary>The newest durable record.</summary>
    public AuditHead Head { get; init; } = AuditHead.None;

    /// <summary>Number of the newest entry of the alert log that is recorded.</summary>
    public long Alerts { get; init; }

    /// <summary>Records that wait to be written.</summary>
    public int Queued { get; init; }

    /// <summary>Why it cannot be written; null when it can. Retried until it works.</summary>
    public string? Fault { get; init; }

    /// <summary>Why the alert log or the journal cannot be followed; null when they can. Retried until it works.</summary>
    public string? SourceFault { get; init; }

    /// <summary>Attempts to write that failed.</summary>
    public long Retries { get; init; }

    /// <summary>Whether it was found to be other than it was written: <c>fengsui audit verify</c> says what and where.</summary>
    public bool IsDamaged { get; init; }

    /// <summary>Records that came after the end, or were waiting at it while the log could not be written.</summary>
    public long Unrecorded { get; init; }
}
