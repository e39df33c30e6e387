using System.Globalization;
using System.Text.Json;
using Fengsui.Api.Security.Views;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Engine;
using Fengsui.Devices.Registry;

namespace Fengsui.Api.Endpoints;

/// <summary><c>/devices</c> and <c>/devices/{id}</c>.</summary>
internal static class DeviceEndpoints
{
    /// <summary>In the order of declaration; <c>?zone=</c>, <c>?type=</c>, <c>?prefix=</c> (of the id) restrict.</summary>
    public static Task ListAsync(HttpContext context, DeviceEngine engine)
    {
        if (!Page.TryRead(context.Request, out var page, out var mistake))
        {
            return Problem.WriteAsync(context, StatusCodes.Status400BadRequest, mistake);
        }

        var query = context.Request.Query;
        var (zone, type, prefix) = (query["zone"].ToString(), query["type"].ToString(), query["prefix"].ToString());
        var after = int.TryParse(page.After, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : -1;
        var found = engine.Registry.Devices.All().Skip(after + 1).Where(device =>
            (zone.Length == 0 || device.Facts.Zone == zone)
            && (type.Length == 0 || device.Facts.Type == type)
            && device.Name.StartsWith(prefix, StringComparison.Ordinal));
        return Listing.WriteAsync(context, page, found, device => device.Id.ToString(CultureInfo.InvariantCulture), Write);
    }

    /// <summary>Latest values, watermark, skew, counts, active alerts.</summary>
    public static async Task ShowAsync(HttpContext context, DeviceEngine engine)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        if (await engine.Queries.DeviceAsync(id) is not { } view)
        {
            await Problem.WriteAsync(context, StatusCodes.Status404NotFound, "there is no device of this id");
            return;
        }

        var alerts = engine.Alerts.ActiveOf(id);
        await Json.WriteAsync(context, StatusCodes.Status200OK, json => Write(json, view, alerts, CallerView.Of(context)));
    }

    private static void Write(Utf8JsonWriter json, Device device)
    {
        json.WriteStartObject();
        json.WriteString("id", device.Name);
        json.WriteString("type", device.Facts.Type);
        json.WriteString("zone", device.Facts.Zone);
        json.WriteMap("labels", device.Facts.Labels);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, DeviceView view, IReadOnlyList<Alert> alerts, CallerView caller)
    {
        json.WriteStartObject();
        json.WriteString("id", view.Id);
        json.WriteString("type", view.Type);
        json.WriteString("zone", view.Zone);
        json.WriteMap("labels", view.Labels);
        json.WriteTime("watermark", view.WatermarkMs);
        json.WriteTime("last_received", view.LastReceiveMs);
        json.WriteFinite("skew_ms", view.SkewMs ?? double.NaN);
        WriteReadings(json, view);
        WriteQuarantine(json, view);
        json.WriteStartObject("latest");
        foreach (var latest in view.Latest.OrderBy(latest => latest.Metric, StringComparer.Ordinal))
        {
            json.WriteStartObject(latest.Metric);
            json.WriteValue("value", latest.Metric, latest.Value);
            json.WriteString("quality", latest.Quality.Word());
            json.WriteTime("time", latest.EventTimeMs);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartArray("alerts");
        foreach (var alert in alerts)
        {
            caller.WriteAlert(json, alert.Latest);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteReadings(Utf8JsonWriter json, DeviceView view)
    {
        json.WriteStartObject("readings");
        json.WriteNumber("applied", view.Applied);
        json.WriteNumber("late", view.Late);
        json.WriteNumber("duplicate", view.Duplicates);
        json.WriteNumber("clock_steps", view.ClockSteps);
        json.WriteEndObject();
    }

    private static void WriteQuarantine(Utf8JsonWriter json, DeviceView view)
    {
        if (view.Quarantine is not { } quarantine)
        {
            json.WriteNull("quarantine");
            return;
        }

        json.WriteStartObject("quarantine");
        json.WriteString("reason", quarantine.Reason);
        json.WriteTime("since", quarantine.SinceMs);
        json.WriteTime("retry_at", quarantine.RetryAtMs);
        json.WriteNumber("failures", quarantine.Failures);
        json.WriteEndObject();
    }
}
