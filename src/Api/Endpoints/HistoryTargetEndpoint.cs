using Fengsui.Devices.History.InfluxDb;

namespace Fengsui.Api.Endpoints;

/// <summary><c>/history/targets</c>: the servers that readings are written to, and how far each is.</summary>
internal static class HistoryTargetEndpoint
{
    public static async Task ListAsync(HttpContext context, InfluxTargets targets)
    {
        if (!Page.TryRead(context.Request, out var page, out var mistake))
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, mistake);
            return;
        }

        var found = targets.All.Select(target => target.Status)
            .Where(target => page.After is null || string.CompareOrdinal(target.Name, page.After) > 0)
            .OrderBy(target => target.Name, StringComparer.Ordinal);
        await Listing.WriteAsync(context, page, found, target => target.Name, (json, target) =>
        {
            json.WriteStartObject();
            json.WriteString("name", target.Name);
            json.WriteString("url", target.Url);
            json.WriteString("version", target.Generation);
            json.WriteString("state", StateName(target.State));
            json.WriteNumber("position", target.Position);
            json.WriteNumber("journal_end", target.End);
            json.WriteNumber("lag_bytes", target.LagBytes);
            json.WriteNumber("lag_ms", target.LagMs);
            json.WriteNumber("lines", target.Lines);
            json.WriteNumber("bytes", target.Bytes);
            json.WriteNumber("requests", target.Requests);
            json.WriteNumber("retries", target.Retries);
            json.WriteNumber("rejected", target.Rejected);
            json.WriteNumber("left_out", target.LeftOut);
            json.WriteNumber("lost_bytes", target.LostBytes);
            json.WriteString("last_error", target.LastError.Length > 0 ? target.LastError : null);
            json.WriteTime("last_error_at", target.LastErrorAt?.ToUnixTimeMilliseconds());
            json.WriteTime("last_write_at", target.LastWriteAt?.ToUnixTimeMilliseconds());
            json.WriteEndObject();
        });
    }

    internal static string StateName(InfluxTargetState state) => state switch
    {
        InfluxTargetState.Starting => "starting",
        InfluxTargetState.CatchingUp => "catching-up",
        InfluxTargetState.Live => "live",
        InfluxTargetState.BackingOff => "backing-off",
        InfluxTargetState.Stopped => "stopped",
        InfluxTargetState.Faulted => "faulted",
        _ => "ended",
    };
}
