using System.Globalization;
using Fengsui.Api.OpenApi.Operations;
using Fengsui.Api.Security.Views;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Engine;
using Fengsui.Rules.Alerts;
using Fengsui.Rules.Model;

namespace Fengsui.Api.Endpoints;

/// <summary><c>/duties</c>, <c>/restrictions</c> and <c>/alerts/held</c>: who has to do what, what is restricted, and what receivers were not told.</summary>
internal static class DutyEndpoints
{
    /// <summary>In the order in which the alerts first fired; <c>?state=</c>, <c>?tier=</c>, <c>?zone=</c>, <c>?audience=</c> restrict.</summary>
    public static Task ListAsync(HttpContext context, DeviceEngine engine)
    {
        var query = context.Request.Query;
        var (state, tier, zone, audience) = (query["state"].ToString(), query["tier"].ToString(), query["zone"].ToString(), query["audience"].ToString());
        if (!Page.TryRead(context.Request, out var page, out var mistake))
        {
            return Problem.WriteAsync(context, StatusCodes.Status400BadRequest, mistake);
        }

        if ((state.Length > 0 && !DutyOperations.States.Contains(state)) || (tier.Length > 0 && !TierNames.All.Contains(tier)))
        {
            return Problem.WriteAsync(
                context, StatusCodes.Status400BadRequest, $"state must be one of {string.Join(", ", DutyOperations.States)}, tier one of {string.Join(", ", TierNames.All)}");
        }

        var after = AfterOf(page);
        var view = CallerView.Of(context);
        var found = engine.Duties.List()
            .Where(duty => duty.Alert.Number > after && (state.Length == 0 || AlertStatusJson.Word(duty.State) == state))
            .Where(duty => (tier.Length == 0 || duty.Alert.DutyTier.Name() == tier) && (zone.Length == 0 || duty.Alert.Zone == zone) && (audience.Length == 0 || duty.Audience.Contains(audience)))
            .OrderBy(duty => duty.Alert.Number);
        return Listing.WriteAsync(context, page, found, duty => KeyOf(duty.Alert), (json, duty) =>
            view.WriteObject(json, "alerts", duty.Alert.Zone, duty.Alert.Id, whole => AlertStatusJson.WriteDuty(whole, duty)));
    }

    /// <summary>By enterprise.</summary>
    public static Task RestrictionsAsync(HttpContext context, DeviceEngine engine)
    {
        if (!Page.TryRead(context.Request, out var page, out var mistake))
        {
            return Problem.WriteAsync(context, StatusCodes.Status400BadRequest, mistake);
        }

        var found = engine.Duties.Restrictions().Where(restriction => page.After is null || string.CompareOrdinal(restriction.Enterprise, page.After) > 0);
        return Listing.WriteAsync(context, page, found, restriction => restriction.Enterprise, (json, restriction) =>
        {
            json.WriteStartObject();
            json.WriteString("enterprise", restriction.Enterprise);
            json.WriteStrings("alerts", restriction.Alerts);
            json.WriteEndObject();
        });
    }

    /// <summary>What is held back now: nothing is ever hidden that cannot be listed.</summary>
    public static Task HeldAsync(HttpContext context, DeviceEngine engine)
    {
        if (!Page.TryRead(context.Request, out var page, out var mistake))
        {
            return Problem.WriteAsync(context, StatusCodes.Status400BadRequest, mistake);
        }

        var after = AfterOf(page);
        var found = engine.Duties.Held().Where(status => status.Number > after).OrderBy(status => status.Number);
        return Listing.WriteAsync(context, page, found, KeyOf, (json, status) =>
        {
            json.WriteStartObject();
            json.WriteString("alert", status.Id);
            json.WriteNumber("alert_version", status.Version);
            json.WriteString("tier", status.LastTier.Name());
            json.WriteString("rule", status.Rule);
            json.WriteString("device", status.Device);
            json.WriteString("zone", status.Zone);
            json.WriteString("held_by", status.HeldBy.Name());
            json.WriteString("group", status.Group);
            json.WriteTime("shelved_until", status.ShelvedUntilMs);
            json.WriteEndObject();
        });
    }

    private static long AfterOf(Page page) => long.TryParse(page.After, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    private static string KeyOf(AlertStatus status) => status.Number.ToString(CultureInfo.InvariantCulture);
}
