using System.Text.Json;

namespace Fengsui.Devices.Audit;

/// <summary>The first record of a segment: where the one before ended, and up to where each source was recorded by then.</summary>
/// <param name="Before">The head that this segment continues.</param>
/// <param name="Damage">Why the segment before was ended early; empty as a rule.</param>
internal sealed record SegmentStart(AuditHead Before, AuditPlaces Places, string Damage)
{
    /// <summary>Of the layout that docs/audit.md describes.</summary>
    public const int FormatVersion = 1;

    public AuditRecord ToRecord(long timeMs) => new(AuditKind.Segment, timeMs, AuditRecord.Program, "")
    {
        Detail = new AuditDetail()
            .Number("format", FormatVersion)
            .Number("before_seq", Before.Sequence)
            .Text("before_hash", Before.Hash)
            .Number("alerts", Places.Alerts)
            .Number("journal", Places.Journal)
            .TextIf("damage", Damage)
            .ToJson(),
    };

    /// <summary>Null when it is no such record, or one that somebody changed until it cannot be read.</summary>
    public static SegmentStart? Read(AuditEntry entry)
    {
        try
        {
            return entry.Record.Kind == AuditKind.Segment ? Read(entry.Record.Detail) : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static SegmentStart? Read(ReadOnlyMemory<byte> text)
    {
        using var detail = JsonDocument.Parse(text);
        var json = detail.RootElement;
        return json.TryGetProperty("before_seq", out var sequence) && json.TryGetProperty("before_hash", out var hash) && AuditHash.IsHash(hash.GetString())
            && json.TryGetProperty("alerts", out var alerts) && json.TryGetProperty("journal", out var journal)
                ? new SegmentStart(
                    new AuditHead(sequence.GetInt64(), hash.GetString()!),
                    new AuditPlaces(alerts.GetInt64(), journal.GetInt64()),
                    json.TryGetProperty("damage", out var damage) ? damage.GetString()! : "")
                : null;
    }
}
