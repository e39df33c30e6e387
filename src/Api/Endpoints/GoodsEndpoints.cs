using System.Globalization;
using System.Text.Json;
using Fengsui.Api.Security.Views;
using Fengsui.Devices.Engine;
using Fengsui.Rules.Zones.Site;

namespace Fengsui.Api.Endpoints;

/// <summary><c>/zones/{zone}/goods</c>.</summary>
internal static class GoodsEndpoints
{
    private const string Stored = "stored";
    private const string Removed = "removed";

    public static async Task ShowAsync(HttpContext context, DeviceEngine engine)
    {
        if (await SiteRequest.ZoneAsync(context, engine) is { } zone)
        {
            await AnswerAsync(context, zone);
        }
    }

    /// <summary>What is there: <c>{"id"?, "un": "1203", "class"?: "3", "quantity_kg": 800, "limit_kg"?: 1000}</c>.</summary>
    public static Task SetAsync(HttpContext context, DeviceEngine engine) => ChangeAsync(context, engine, static _ => GoodsOperation.Set);

    /// <summary>What changed: as <see cref="SetAsync"/>, with <c>"operation": "stored"</c> or <c>"removed"</c>.</summary>
    public static Task MoveAsync(HttpContext context, DeviceEngine engine) => ChangeAsync(context, engine, static body => body.Text("operation") switch
    {
        Stored => GoodsOperation.Stored,
        Removed => GoodsOperation.Removed,
        _ => body.Mistake("operation", $"must be {Stored} or {Removed}", GoodsOperation.Stored),
    });

    public static void Write(Utf8JsonWriter json, ZoneView zone, CallerView view)
    {
        json.WriteStartArray("goods");
        foreach (var entry in zone.Goods)
        {
            view.WriteObject(json, "goods", zone.Name, $"{zone.Name}/{entry.UnNumber}", whole =>
            {
                whole.WriteString("un", entry.UnNumber);
                whole.WriteString("class", entry.Class);
                whole.WriteNumber("quantity_kg", entry.QuantityKg);
                whole.WriteFinite("limit_kg", entry.LimitKg ?? double.NaN);
                whole.WriteNumber("over_kg", entry.OverKg);
            });
        }

        json.WriteEndArray();
    }

    private static async Task ChangeAsync(HttpContext context, DeviceEngine engine, Func<RequestBody, GoodsOperation> operation)
    {
        if (await SiteRequest.ZoneAsync(context, engine) is not { } zone || await RequestBody.ReadAsync(context) is not { } body)
        {
            return;
        }

        using (body)
        {
            var change = new GoodsChanged(
                SiteRequest.IdOf(context, body), operation(body), body.Text("un"), body.Text("class", isRequired: false), body.Amount("quantity_kg") ?? 0, body.Amount("limit_kg", isRequired: false));
            _ = change.UnNumber.Length == 0 || GoodsNames.IsUnNumber(change.UnNumber) || body.Mistake("un", "must be a UN number of four digits", false);
            _ = change.Class.Length == 0 || GoodsNames.IsClass(change.Class) || body.Mistake("class", "must be a class or division such as 3 or 5.1", false);
            if (!await body.IsRightAsync(context))
            {
                return;
            }

            using var turn = await SiteTurn.TakeAsync(zone.Name, context.RequestAborted);
            zone = (await engine.Zones.ZoneAsync(zone.Name))!;
            var known = zone.Goods.FirstOrDefault(entry => entry.UnNumber == change.UnNumber);
            if (!await StateTag.PermitsAsync(context, StateOf(zone), known is not null && change.Operation == GoodsOperation.Set && !IsAsItStands(known, change)))
            {
                return;
            }

            if (zone.Goods.Count >= GoodsBook.MaxEntries && known is null)
            {
                await Problem.WriteAsync(context, StatusCodes.Status409Conflict, $"the zone has {GoodsBook.MaxEntries} substances already");
                return;
            }

            await AnswerAsync(context, await SiteRequest.SayAsync(context, engine, zone.Name, change));
        }
    }

    /// <summary>To say once more what is there already changes nothing, and needs no version.</summary>
    private static bool IsAsItStands(GoodsEntry known, GoodsChanged change) =>
        known.QuantityKg == change.QuantityKg && (change.Class.Length == 0 || change.Class == known.Class) && (change.LimitKg is null || change.LimitKg == known.LimitKg);

    private static string StateOf(ZoneView zone) => string.Create(CultureInfo.InvariantCulture, $"goods {zone.Name}\n{string.Join('\n', zone.Goods)}");

    private static Task AnswerAsync(HttpContext context, ZoneView zone)
    {
        StateTag.Set(context, StateOf(zone));
        return Json.WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteString("zone", zone.Name);
            Write(json, zone, CallerView.Of(context));
            json.WriteNumber("over_kg", zone.Goods.Sum(entry => entry.OverKg));
            json.WriteEndObject();
        });
    }
}
