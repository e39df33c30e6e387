using System.Globalization;
using System.Text.Json;
using Fengsui.Api.Security.Views;
using Fengsui.Devices.Engine;
using Fengsui.Rules.Zones.Site;

namespace Fengsui.Api.Endpoints;

/// <summary><c>/zones</c> and <c>/zones/{zone}</c>, and what can be said of one: gas tests and unlocks.</summary>
internal static class ZoneEndpoints
{
    /// <summary>In the order in which the journal first named them.</summary>
    public static async Task ListAsync(HttpContext context, DeviceEngine engine)
    {
        if (!Page.TryRead(context.Request, out var page, out var mistake))
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, mistake);
            return;
        }

        var after = int.TryParse(page.After, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
        var now = engine.Clock.NowMs();
        var found = (await engine.Zones.ZonesAsync()).Where(zone => zone.Number > after);
        var view = CallerView.Of(context);
        await Listing.WriteAsync(context, page, found, zone => zone.Number.ToString(CultureInfo.InvariantCulture), (json, zone) =>
            view.WriteObject(json, "zones", zone.Name, zone.Name, whole => WriteSummary(whole, zone, now)));
    }

    /// <summary>Everything that is known of it, with its own active alerts.</summary>
    public static async Task ShowAsync(HttpContext context, DeviceEngine engine)
    {
        if (await SiteRequest.ZoneAsync(context, engine) is not { } zone)
        {
            return;
        }

        var alerts = engine.Alerts.ActiveOfZone(zone.Name);
        var view = CallerView.Of(context);
        await Json.WriteAsync(context, StatusCodes.Status200OK, json => view.WriteObject(json, "zones", zone.Name, zone.Name, whole =>
        {
            WriteSummary(whole, zone, engine.Clock.NowMs());
            WriteFacts(whole, zone, view);
            whole.WriteStrings("alerts", alerts.Select(alert => alert.Id));
            whole.WriteString("rules_rest", zone.Quarantine?.Reason);
        }));
    }

    /// <summary><c>{"id"?, "person", "passed", "time"?, "values"?: {"o2": 20.9}}</c></summary>
    public static Task TestGasAsync(HttpContext context, DeviceEngine engine) => TakeAsync(context, engine, body =>
        new GasTested(SiteRequest.IdOf(context, body), body.Text("person"), SiteRequest.PastTimeOf(body, engine), body.Truth("passed"), body.Numbers("values")));

    /// <summary><c>{"id"?, "person", "device"?, "time"?}</c></summary>
    public static Task UnlockAsync(HttpContext context, DeviceEngine engine) => TakeAsync(context, engine, body =>
        new Unlocked(SiteRequest.IdOf(context, body), body.Text("device", isRequired: false), body.Text("person"), SiteRequest.PastTimeOf(body, engine)));

    private static async Task TakeAsync(HttpContext context, DeviceEngine engine, Func<RequestBody, SiteFact> read)
    {
        if (await SiteRequest.ZoneAsync(context, engine) is not { } zone || await RequestBody.ReadAsync(context) is not { } body)
        {
            return;
        }

        using (body)
        {
            var fact = read(body);
            if (await body.IsRightAsync(context))
            {
                await SiteRequest.SayAsync(context, engine, zone.Name, fact);
                await Json.WriteAsync(context, StatusCodes.Status201Created, json =>
                {
                    json.WriteStartObject();
                    Write(json, fact);
                    json.WriteEndObject();
                });
            }
        }
    }

    private static void WriteSummary(Utf8JsonWriter json, ZoneView zone, long nowMs)
    {
        json.WriteString("zone", zone.Name);
        json.WriteNumber("devices", zone.Devices);
        json.WriteStrings("persons", zone.Persons);
        json.WriteBoolean("permit_active", zone.Permits.Any(entry => !entry.IsRevoked && entry.Permit.Covers(nowMs)));
    }

    private static void WriteFacts(Utf8JsonWriter json, ZoneView zone, CallerView view)
    {
        json.WriteStartObject("gas_test");
        if (zone.GasTest is { } test)
        {
            Write(json, test);
        }

        json.WriteEndObject();
        json.WriteStartArray("unlocks");
        foreach (var unlock in zone.Unlocks)
        {
            json.WriteStartObject();
            Write(json, unlock);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        GoodsEndpoints.Write(json, zone, view);
    }

    private static void Write(Utf8JsonWriter json, SiteFact fact)
    {
        json.WriteString("id", fact.Id);
        if (fact is GasTested test)
        {
            json.WriteString("person", test.Person);
            json.WriteTime("time", test.AtMs);
            json.WriteBoolean("passed", test.Passed);
            json.WriteStartObject("values");
            foreach (var (metric, value) in test.Values)
            {
                json.WriteNumber(metric, value);
            }

            json.WriteEndObject();
        }
        else if (fact is Unlocked unlock)
        {
            json.WriteString("person", unlock.Person);
            json.WriteString("device", unlock.Device);
            json.WriteTime("time", unlock.AtMs);
        }
    }
}
