using Fengsui.Devices.Records;

namespace Fengsui.Devices.Audit;

/// <summary>Which batches of the journal are on record: those that somebody is answerable for.</summary>
internal static class JournalCommands
{
    public static bool IsOne(ReadOnlySpan<byte> batch) =>
        !batch.IsEmpty && (BatchKind)batch[0] is BatchKind.RuleSet or BatchKind.Site or BatchKind.AlertCommand;

    /// <param name="nowMs">For one that cannot be read.</param>
    public static AuditRecord ToRecord(ReadOnlySpan<byte> batch, long position, long nowMs)
    {
        var isRules = (BatchKind)batch[0] == BatchKind.RuleSet;
        try
        {
            return (BatchKind)batch[0] switch
            {
                BatchKind.RuleSet => AuditRecords.Of(RuleSetRecord.Decode(batch), position, batch),
                BatchKind.AlertCommand => AuditRecords.Of(AlertCommandRecord.Decode(batch), position, batch),
                _ => AuditRecords.Of(SiteRecord.Decode(batch), position, batch),
            };
        }
        catch (InvalidDataException)
        {
            return AuditRecords.Unreadable(isRules ? AuditKind.Rules : AuditKind.Command, nowMs, position, batch);
        }
    }
}
