using System.Diagnostics.Metrics;
using Fengsui.Devices.Audit;

namespace Fengsui.Api.DataPath;

/// <summary>Observes the audit log for <c>/metrics</c>.</summary>
internal sealed class AuditInstruments : IDisposable
{
    private readonly Meter _meter = new("Fengsui.Devices.Audit");

    public AuditInstruments(AuditTrail trail)
    {
        _meter.CreateObservableCounter("fengsui.audit.records", () => trail.Log.Status.Head.Sequence, "{record}", "Records in the audit log");
        _meter.CreateObservableCounter("fengsui.audit.anchors", () => trail.Anchors, "{anchor}", "Heads of the audit log that were anchored in the journal");
        _meter.CreateObservableCounter("fengsui.audit.retries", () => trail.Log.Status.Retries, "{write}", "Writes of the audit log that failed and are tried again");
        _meter.CreateObservableCounter("fengsui.audit.unrecorded", () => trail.Log.Status.Unrecorded, "{record}", "Records that came after the end of the audit log");
        _meter.CreateObservableGauge("fengsui.audit.queued", () => trail.Log.Status.Queued, "{record}", "Records that wait to be written");
        _meter.CreateObservableGauge("fengsui.audit.alert.lag", () => trail.AlertLag, "{entry}", "Entries of the alert log that are not on record yet");
        _meter.CreateObservableGauge("fengsui.audit.journal.lag", () => trail.JournalLagBytes, "By", "Bytes of the journal that were not looked at yet");
        _meter.CreateObservableGauge("fengsui.audit.anchored", () => trail.Anchored.Sequence, null, "Sequence number of the newest record that is anchored");
        _meter.CreateObservableGauge("fengsui.audit.damaged", () => trail.Log.Status.IsDamaged ? 1 : 0, null, "1 when the audit log was found to be other than it was written");
        _meter.CreateObservableGauge("fengsui.audit.up", () => trail.Log.Status is { Fault: null, SourceFault: null } ? 1 : 0, null, "1 while the audit log is written and follows");
    }

    public void Dispose() => _meter.Dispose();
}
