namespace Fengsui.Devices.Audit;

/// <summary>Up to where each source is in the log. Kept in the records themselves, so a crash cannot part one from the other.</summary>
/// <param name="Alerts">Number of the newest entry of the alert log.</param>
/// <param name="Journal">Position of the newest command or rule set.</param>
internal readonly record struct AuditPlaces(long Alerts, long Journal)
{
    public static AuditPlaces None => new(0, -1);

    public bool Has(AuditRecord record) => record.Source switch
    {
        AuditSource.Alerts => record.SourceNumber <= Alerts,
        AuditSource.Journal => record.SourceNumber <= Journal,
        _ => false,
    };

    public AuditPlaces With(AuditRecord record) => record.Source switch
    {
        AuditSource.Alerts => this with { Alerts = record.SourceNumber },
        AuditSource.Journal => this with { Journal = record.SourceNumber },
        _ => this,
    };
}
