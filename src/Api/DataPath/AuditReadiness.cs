using Fengsui.Api.Endpoints;
using Fengsui.Devices.Audit;

namespace Fengsui.Api.DataPath;

/// <summary>
/// What <c>/readyz</c> says of the audit log. A log that cannot be written makes the server unready: what happens to alerts is not on record.
/// One that was found changed does not, since a restart elsewhere would not undo it; the detail says so until a person has looked.
/// </summary>
internal static class AuditReadiness
{
    public static ReadinessResult Of(AuditTrail? trail)
    {
        if (trail is null)
        {
            return ReadinessResult.NotReady("not open");
        }

        var status = trail.Log.Status;
        return status.Fault is { } fault ? ReadinessResult.NotReady($"cannot be written: {fault} (retried {status.Retries} times)")
            : trail.AlertLag is var lag && lag > trail.Options.MaxAlertLag ? ReadinessResult.NotReady($"{lag} entries of the alert log are not on record yet")
            : status.SourceFault is { } source ? ReadinessResult.NotReady($"cannot follow the alert log or the journal: {source}")
            : status.IsDamaged ? ReadinessResult.Ready("degraded: the audit log is not as it was written; run 'fengsui audit verify'")
            : ReadinessResult.Ready();
    }
}
