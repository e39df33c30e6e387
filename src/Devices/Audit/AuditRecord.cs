namespace Fengsui.Devices.Audit;

/// <summary>One thing that happened, as the audit log keeps it. The log adds the sequence number and the hash.</summary>
/// <param name="TimeMs">Journal time for what stands in the journal, the wall clock for all else; ms since 1970 UTC.</param>
/// <param name="Actor">Who did it: the name of a key, user or receiver; <c>fengsui</c> for the program itself.</param>
/// <param name="Subject">What it was done to: the id of an alert, the name of a receiver, zone or resource; may be empty.</param>
public sealed record AuditRecord(AuditKind Kind, long TimeMs, string Actor, string Subject)
{
    /// <summary>The actor of what nobody did but the program.</summary>
    public const string Program = "fengsui";

    /// <summary>All else, as a JSON object in UTF-8; empty is <c>{}</c>. Without secrets: the log is given to others.</summary>
    public ReadOnlyMemory<byte> Detail { get; init; }

    /// <summary>Where it was projected from; none for what is appended directly.</summary>
    public AuditSource Source { get; init; }

    /// <summary>Its number there: of the alert log, or the journal position; 0 without a source.</summary>
    public long SourceNumber { get; init; }
}
