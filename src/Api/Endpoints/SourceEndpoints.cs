using System.Globalization;
using System.Text.Json;
using Fengsui.Devices.Records;
using Fengsui.Ingest.Sources;

namespace Fengsui.Api.Endpoints;

/// <summary><c>/sources</c> and <c>/sources/connections</c>: what comes in by the field protocols, and how each connection fares.</summary>
internal static class SourceEndpoints
{
    /// <summary>One item a source: the sum over its connections since the server started.</summary>
    public static async Task ListAsync(HttpContext context, SourceBook book)
    {
        if (!Page.TryRead(context.Request, out var page, out var mistake))
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, mistake);
            return;
        }

        var open = book.Open.ToLookup(connection => (connection.Protocol, connection.Source));
        var found = book.Totals().Where(source => page.After is null || string.CompareOrdinal(KeyOf(source), page.After) > 0);
        await Listing.WriteAsync(context, page, found.OrderBy(KeyOf, StringComparer.Ordinal), KeyOf, (json, source) =>
        {
            json.WriteStartObject();
            json.WriteString("protocol", source.Protocol);
            json.WriteString("source", source.Source);
            var mine = open[(source.Protocol, source.Source)];
            json.WriteNumber("connections", mine.Count());
            json.WriteNumber("connected", mine.Count(connection => connection.State == SourceState.Connected));
            WriteCounters(json, source);
            json.WriteEndObject();
        });
    }

    /// <summary>Every open connection, listeners included, in the order in which they were opened.</summary>
    public static async Task ConnectionsAsync(HttpContext context, SourceBook book)
    {
        if (!Page.TryRead(context.Request, out var page, out var mistake))
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, mistake);
            return;
        }

        var after = long.TryParse(page.After, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;
        var found = book.Open.Where(connection => connection.Id > after);
        await Listing.WriteAsync(context, page, found, connection => connection.Id.ToString(CultureInfo.InvariantCulture), (json, connection) =>
        {
            json.WriteStartObject();
            json.WriteNumber("id", connection.Id);
            json.WriteString("protocol", connection.Protocol);
            json.WriteString("source", connection.Source);
            json.WriteString("peer", connection.Peer);
            json.WriteString("state", StateName(connection.State));
            json.WriteString("since", connection.Since);
            WriteCounters(json, connection);
            json.WriteEndObject();
        });
    }

    private static string KeyOf(SourceConnection source) => $"{source.Protocol}/{source.Source}";

    private static string StateName(SourceState state) => state switch
    {
        SourceState.Connecting => "connecting",
        SourceState.Connected => "connected",
        SourceState.BackingOff => "backing-off",
        _ => "closed",
    };

    private static void WriteCounters(Utf8JsonWriter json, SourceConnection counted)
    {
        json.WriteNumber("frames_in", counted.FramesIn);
        json.WriteNumber("frames_out", counted.FramesOut);
        json.WriteNumber("bytes_in", counted.BytesIn);
        json.WriteNumber("bytes_out", counted.BytesOut);
        json.WriteNumber("readings", counted.Readings);
        json.WriteNumber("timeouts", counted.Timeouts);
        json.WriteNumber("exceptions", counted.Exceptions);
        json.WriteNumber("overruns", counted.Overruns);
        json.WriteNumber("duplicates", counted.Duplicates);
        json.WriteNumber("failures", counted.Failures);
        json.WriteStartObject("rejected");
        for (var reason = (RejectReason)1; (int)reason < RejectReasonNames.Count; reason++)
        {
            if (counted.Rejected(reason) is > 0 and var count)
            {
                json.WriteNumber(reason.Name(), count);
            }
        }

        json.WriteEndObject();
        json.WriteString("last_error", counted.LastError);
        json.WriteString("last_heard", counted.LastHeardMs == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(counted.LastHeardMs).ToString("o", CultureInfo.InvariantCulture));
    }
}
