using Fengsui.Api.Endpoints;
using Fengsui.Devices.History.InfluxDb;

namespace Fengsui.Api.DataPath;

/// <summary>
/// What <c>/readyz</c> says of the targets. A target that lags or is down never makes the server unready: alerts and
/// ingestion do not depend on it, the journal keeps what it needs, and a supervisor that took the server out of service for
/// it would turn a late copy into a real loss. The detail names those that are not well.
/// </summary>
internal static class InfluxReadiness
{
    public static ReadinessResult Of(InfluxTargets? targets)
    {
        var unwell = (targets?.All ?? []).Select(target => target.Status)
            .Where(target => target.State is not (InfluxTargetState.Live or InfluxTargetState.Starting))
            .Select(target => $"{target.Name} is {HistoryTargetEndpoint.StateName(target.State)}, {target.LagMs / 1000} s behind{(target.LastError.Length > 0 && target.State != InfluxTargetState.CatchingUp ? $": {target.LastError}" : "")}")
            .ToArray();
        return ReadinessResult.Ready(unwell.Length == 0 ? "" : "degraded: " + string.Join("; ", unwell));
    }
}
