using System.Globalization;
using System.Text.Json;
using Fengsui.Api.Delivery;
using Fengsui.Devices.Alerts.Outbox;

namespace Fengsui.Api.Endpoints;

/// <summary><c>/receivers</c>: who is told of alerts outside, how far each is, and telling again.</summary>
internal static class ReceiverEndpoints
{
    public static async Task ListAsync(HttpContext context, Deliveries? deliveries)
    {
        if (!Page.TryRead(context.Request, out var page, out var mistake))
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, mistake);
            return;
        }

        var found = (deliveries?.Lines ?? []).Where(line => page.After is null || string.CompareOrdinal(line.Name, page.After) > 0);
        await Listing.WriteAsync(context, page, found, line => line.Name, Write);
    }

    public static async Task ShowAsync(HttpContext context, Deliveries? deliveries)
    {
        if (await FindAsync(context, deliveries) is { } line)
        {
            await Json.WriteAsync(context, StatusCodes.Status200OK, json => Write(json, line));
        }
    }

    public static async Task FailedAsync(HttpContext context, Deliveries? deliveries)
    {
        if (await FindAsync(context, deliveries) is not { } line)
        {
            return;
        }

        var after = 0L;
        if (!Page.TryRead(context.Request, out var page, out var mistake)
            || (page.After is { } key && !long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out after)))
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, mistake.Length > 0 ? mistake : "cursor must be the 'next' of an earlier answer");
            return;
        }

        await Listing.WriteAsync(context, page, line.Outbox.Failed(after, page.Limit + 1), failed => failed.Number.ToString(CultureInfo.InvariantCulture), (json, failed) =>
        {
            json.WriteStartObject();
            json.WriteNumber("number", failed.Number);
            json.WriteString("id", failed.Id);
            json.WriteString("alert", failed.AlertId);
            json.WriteString("reason", failed.Reason);
            json.WriteNumber("attempts", failed.Attempts);
            json.WriteTime("at", failed.AtMs);
            json.WriteEndObject();
        });
    }

    public static async Task RedeliverAsync(HttpContext context, Deliveries? deliveries)
    {
        if (await FindAsync(context, deliveries) is not { } line || await RequestBody.ReadAsync(context) is not { } body)
        {
            return;
        }

        using (body)
        {
            const long Never = long.MinValue;
            var (alert, from, failed, since) = (body.Text("alert", isRequired: false), body.Amount("from", isRequired: false), body.HasTruth("failed"), body.Time("since", Never));
            if ((alert.Length > 0 ? 1 : 0) + (from is null ? 0 : 1) + (failed ? 1 : 0) + (since == Never ? 0 : 1) != 1)
            {
                body.Mistake("one of from, since, alert, failed", "must be given", 0);
            }

            if (from is { } number && (number < 1 || number != Math.Floor(number) || number > long.MaxValue / 2.0))
            {
                body.Mistake("from", "must be a number of the alert log, from 1", 0);
            }

            if (await body.IsRightAsync(context))
            {
                await RedeliverAsync(context, deliveries!, line, alert, since == Never ? (long?)from : AlertNumbers.Since(deliveries!.Engine, since));
            }
        }
    }

    public static async Task TestAsync(HttpContext context, Deliveries? deliveries)
    {
        if (await FindAsync(context, deliveries) is not { } line)
        {
            return;
        }

        var id = $"test-{Guid.NewGuid():N}";
        var answer = await line.Outbox.TestAsync(id, context.RequestAborted);
        await Json.WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteBoolean("taken", answer.Verdict == DeliveryVerdict.Taken);
            json.WriteString("answer", answer.Detail);
            json.WriteEndObject();
        });
    }

    private static async Task RedeliverAsync(HttpContext context, Deliveries deliveries, DeliveryLine line, string alert, long? from)
    {
        try
        {
            if (from is { } number)
            {
                await line.Outbox.RewindAsync(number);
            }
            else if (!line.Outbox.TryRepeat(Numbers(deliveries, line, alert)))
            {
                await Problem.WriteAsync(context, StatusCodes.Status409Conflict, "too many entries wait already to be told again; use 'from'");
                return;
            }
        }
        catch (Exception full) when (full is IOException or UnauthorizedAccessException)
        {
            await Problem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, $"the cursor cannot be written: {full.Message}");
            return;
        }

        await Json.WriteAsync(context, StatusCodes.Status200OK, json => Write(json, line));
    }

    private static IReadOnlyList<long> Numbers(Deliveries deliveries, DeliveryLine line, string alert)
    {
        if (alert.Length == 0)
        {
            return [.. line.Outbox.Failed(0, int.MaxValue).Select(failed => failed.Number)];
        }

        return [.. AlertNumbers.Of(deliveries.Engine, alert).Where(number => deliveries.Reaches(line.Name, number))];
    }

    private static async Task<DeliveryLine?> FindAsync(HttpContext context, Deliveries? deliveries)
    {
        var line = deliveries?.Find((string)context.Request.RouteValues["name"]!);
        if (line is null)
        {
            await Problem.WriteAsync(context, StatusCodes.Status404NotFound, "no receiver of this name is configured");
        }

        return line;
    }

    private static void Write(Utf8JsonWriter json, DeliveryLine line)
    {
        var status = line.Outbox.Status;
        json.WriteStartObject();
        json.WriteString("name", line.Name);
        json.WriteString("type", line.Kind);
        json.WriteString("address", line.Address);
        json.WriteString("state", StateName(status.State));
        json.WriteNumber("cursor", status.Cursor);
        json.WriteNumber("log_end", status.LogEnd);
        json.WriteNumber("lag_entries", status.LagEntries);
        json.WriteNumber("lag_ms", status.LagMs);
        json.WriteNumber("queued", status.Queued);
        json.WriteNumber("again", status.Again);
        json.WriteNumber("delivered", status.Delivered);
        json.WriteNumber("attempts", status.Attempts);
        json.WriteNumber("retries", status.Retries);
        json.WriteNumber("failed", status.Failed);
        json.WriteString("last_error", status.LastError.Length > 0 ? status.LastError : null);
        json.WriteTime("last_error_at", status.LastErrorAtMs);
        json.WriteTime("last_delivered_at", status.LastDeliveredAtMs);
        json.WriteEndObject();
    }

    private static string StateName(OutboxState state) => state switch
    {
        OutboxState.Live => "live",
        OutboxState.Delivering => "delivering",
        OutboxState.Retrying => "retrying",
        _ => "ended",
    };
}
