using System.Globalization;
using System.Text.Json;
using Fengsui.Api.Security.Views;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Engine;
using Fengsui.Devices.Records;
using Fengsui.Rules.Model;

namespace Fengsui.Api.Endpoints;

/// <summary><c>/alerts</c> and <c>/alerts/{id}</c>.</summary>
internal static class AlertEndpoints
{
    private const string Active = "active";

    private const string Open = "open";

    private static readonly string[] States = [Active, "resolved", Open, "all"];

    /// <summary>Newest start first; <c>?state=</c> active (without), resolved, open (firing, or not closed) or all; <c>?tier=</c>, <c>?zone=</c>, <c>?device=</c>, <c>?rule=</c> restrict; <c>?shadow=true</c>: those of rules on trial instead.</summary>
    public static Task ListAsync(HttpContext context, DeviceEngine engine)
    {
        var query = context.Request.Query;
        var state = query["state"].ToString() is { Length: > 0 } given ? given : Active;
        var tier = query["tier"].ToString();
        var isShadow = query["shadow"].ToString() == "true";
        if (!Page.TryRead(context.Request, out var page, out var mistake)
            || !Check(States.Contains(state), $"state must be one of {string.Join(", ", States)}", ref mistake)
            || !Check(tier.Length == 0 || TierNames.All.Contains(tier), $"tier must be one of {string.Join(", ", TierNames.All)}", ref mistake)
            || !Check(query["shadow"].ToString() is "" or "true" or "false", "shadow must be true or false", ref mistake))
        {
            return Problem.WriteAsync(context, StatusCodes.Status400BadRequest, mistake);
        }

        var (zone, device, rule) = (query["zone"].ToString(), query["device"].ToString(), query["rule"].ToString());
        var book = isShadow ? engine.ShadowAlerts : engine.Alerts;
        var found = book.List(includeResolved: state != Active)
            .Where(alert => state == "all" || (state == Open ? alert.IsOpen : alert.Latest.IsActive == (state == Active)))
            .Where(alert => tier.Length == 0 || HighestTier(alert).Name() == tier)
            .Where(alert => zone.Length == 0 || alert.Latest.Zone == zone)
            .Where(alert => device.Length == 0 || alert.Latest.Device == device)
            .Where(alert => rule.Length == 0 || alert.Latest.Rule == rule)
            .OrderByDescending(Key, StringComparer.Ordinal)
            .SkipWhile(alert => page.After is not null && string.CompareOrdinal(Key(alert), page.After) >= 0);
        var view = CallerView.Of(context);
        return Listing.WriteAsync(context, page, found, Key, (json, alert) => Write(json, view, alert, withStory: false));
    }

    /// <summary>A person has seen to an alert of a latched rule: it ends unless its condition is still true.</summary>
    public static async Task ResetAsync(HttpContext context, DeviceEngine engine)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        if ((engine.Alerts.Find(id) ?? engine.ShadowAlerts.Find(id)) is { Latest: { IsActive: true } before })
        {
            var reset = new AlertReset(IdempotencyId.Of(context), before.Rule, before.Device);
            await engine.Site.SubmitAsync(SiteRequest.AuthorOf(context), before.Zone, reset, context.RequestAborted);
            if ((engine.Alerts.Find(id) ?? engine.ShadowAlerts.Find(id))?.Latest is { IsActive: true } after && after.Sequence == before.Sequence)
            {
                await Problem.WriteAsync(context, StatusCodes.Status409Conflict, "the alert goes on: its condition is still true, or its rule does not latch and ends by itself");
                return;
            }
        }

        await ShowAsync(context, engine);
    }

    /// <summary>The alert as it is now, and every transition that led there.</summary>
    public static Task ShowAsync(HttpContext context, DeviceEngine engine)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        if ((engine.Alerts.Find(id) ?? engine.ShadowAlerts.Find(id)) is not { } alert)
        {
            return Problem.WriteAsync(context, StatusCodes.Status404NotFound, "there is no alert of this id, or it was resolved so long ago that only the log has it");
        }

        context.Response.Headers.ETag = Freshness.TagOf(alert.Version);
        var view = CallerView.Of(context);
        return Json.WriteAsync(context, StatusCodes.Status200OK, json => Write(json, view, alert, withStory: true));
    }

    private static void Write(Utf8JsonWriter json, CallerView view, Alert alert, bool withStory) =>
        view.WriteObject(json, "alerts", alert.Latest.Zone, alert.Id, whole =>
        {
            AlertJson.WriteFields(whole, alert.Latest);
            whole.WriteNumber("alert_version", alert.Version);
            if (alert.Status is { } status)
                AlertStatusJson.Write(whole, status);
            if (withStory)
            {
                WriteEntries(whole, "transitions", view, alert.Transitions);
                WriteEntries(whole, "events", view, alert.Events);
            }
        });

    private static void WriteEntries(Utf8JsonWriter json, string name, CallerView view, IReadOnlyList<AlertEntry> entries)
    {
        json.WriteStartArray(name);
        foreach (var entry in entries)
        {
            view.WriteAlert(json, entry);
        }

        json.WriteEndArray();
    }

    /// <summary>A resolved alert counts under the highest tier it had.</summary>
    private static Tier HighestTier(Alert alert) =>
        alert.Latest.IsActive ? alert.Latest.Tier : alert.Transitions.Max(transition => transition.Tier);

    /// <summary>Orders by start and then by id, as text: starts have a fixed width.</summary>
    private static string Key(Alert alert) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, alert.StartTimeMs):D19} {alert.Id}");

    private static bool Check(bool isRight, string otherwise, ref string mistake)
    {
        mistake = isRight ? mistake : otherwise;
        return isRight;
    }
}
