using System.Text.Json;
using Fengsui.Devices.Engine;
using Fengsui.Devices.Ledger;

namespace Fengsui.Api.Endpoints;

/// <summary><c>/ledger</c>: received = applied + duplicate + dead-lettered + refused, per source, at one journal position.</summary>
internal static class LedgerEndpoint
{
    public static async Task ShowAsync(HttpContext context, DeviceEngine engine)
    {
        var ledger = await engine.Queries.LedgerAsync(context.RequestAborted);
        await Json.WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("position", ledger.Position);
            json.WriteBoolean("balanced", ledger.IsBalanced);
            json.WriteStartObject("total");
            WriteFields(json, ledger.Total);
            json.WriteEndObject();
            json.WriteStartArray("sources");
            foreach (var source in ledger.Sources)
            {
                json.WriteStartObject();
                json.WriteString("source", source.Source);
                WriteFields(json, source.Counts);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static void WriteFields(Utf8JsonWriter json, LedgerCounts counts)
    {
        json.WriteNumber("received", counts.Received);
        json.WriteNumber("applied", counts.Applied);
        json.WriteNumber("duplicate", counts.Duplicate);
        json.WriteNumber("dead_lettered", counts.DeadLettered);
        json.WriteNumber("refused", counts.Refused);
        json.WriteNumber("late", counts.Late);
        json.WriteBoolean("balanced", counts.IsBalanced);
    }
}
