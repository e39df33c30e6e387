using Fengsui.Api.Endpoints;
using Fengsui.Api.Hosting;

namespace Fengsui.Api.DataPath;

/// <summary>Gives the data path's parts to the endpoints that show them, and to <c>/api/v1/status</c>.</summary>
internal static class DataEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, TelemetryDataPath data, HostContext host)
    {
        DataApi.Map(routes, new ApiParts
        {
            Engine = () => data.Engine,
            Alerts = () => data.Alerts,
            Sources = () => data.Sources?.Book,
            Intake = () => data.Intake,
            Writes = () => data.Writes,
            Targets = () => data.Influx,
            Viewing = host.Viewing,
            Deliveries = () => data.Deliveries,
            Audit = () => data.Audit,
            Stopping = host.Stopping,
        });
        host.Status.Add("engine", json =>
        {
            json.WriteStartObject();
            if (data.Engine is { Recovery: not null } engine)
            {
                var counters = engine.Queries.Counters();
                json.WriteNumber("journal_committed", engine.JournalLog.Committed);
                json.WriteNumber("snapshot_position", engine.SnapshotPosition);
                json.WriteNumber("devices", engine.Registry.Devices.Count);
                json.WriteNumber("readings_applied", counters.Readings);
                json.WriteNumber("alerts_active", engine.Alerts.ActiveCount);
                json.WriteNumber("dead_letters", engine.DeadLetters.Stats.Count);
                json.WriteNumber("configuration_mistakes", data.Configuration?.Mistakes.Count ?? 0);
            }

            json.WriteEndObject();
        });
    }
}
