using Fengsui.Api.Security;
using Fengsui.Devices.Alerts.Outbox.Routing;
using Fengsui.Rules.Model;

namespace Fengsui.Api.OpenApi.Operations;

/// <summary>Alerts, and what is done with them.</summary>
internal static class AlertOperations
{
    public static readonly Operation List = new("listAlerts", Tags.Alerts, "List alerts", Permission.ReadAlerts)
    {
        Description = "Newest start first. Fields that the caller may not see are left out and named under `withheld`.",
        Parameters =
        [
            Parameter.Limit, Parameter.Cursor, Parameter.Choice("state", "`active` without; `open`: firing, or not closed by a person yet.", ["active", "resolved", "open", "all"]),
            Parameter.Choice("tier", "Only those of this tier; a resolved alert counts under the highest it had.", TierNames.All), Parameter.Text("zone", "Only those in this zone."),
            Parameter.Text("device", "Only those of this device."), Parameter.Text("rule", "Only those of this rule, as group/alert."),
            Parameter.Flag("shadow", "Those of rules on trial instead."),
        ],
        Answers = [Answer.PageOf("Alert")],
        Problems = [400],
    };

    public static readonly Operation Show = new("getAlert", Tags.Alerts, "Show one alert", Permission.ReadAlerts)
    {
        Description = "As it is now, with every step that led there. Its `ETag` is the version that a command names in `If-Match`.",
        Answers = [Answer.Ok("AlertDetail", "The alert.")],
        Problems = [404],
    };

    public static readonly Operation Reset = new("resetAlert", Tags.Alerts, "Reset a latched alert", Permission.ResetAlerts)
    {
        Description = "A person has seen to it: the alert ends unless its condition is still true.",
        Answers = [Answer.Ok("AlertDetail", "The alert after that.")],
        Problems = [404, 409],
        TakesIdempotencyKey = true,
    };

    /// <summary>One of the things that people do with an alert.</summary>
    public static Operation Command(string id, string summary, string description, string body) => new(id, Tags.Alerts, summary, Permission.ActOnAlerts)
    {
        Description = description + " The answer is what was logged; its `ETag` is the version after that.",
        Parameters = [Parameter.IfMatch],
        Body = new Body(body, IsRequired: false),
        Answers = [Answer.Ok("AlertEvent", "Done.")],
        Problems = [400, 404, 409, 412, 415, 428],
        TakesIdempotencyKey = true,
    };

    public static readonly Operation Explain = new("explainAlert", Tags.Alerts, "Explain why an alert fired", Permission.ReadAlerts)
    {
        Description = "By running the journal behind it again. Shows readings, so it needs the view `safety`.",
        Answers = [Answer.Ok("Explanation", "Each step and what the rule read.")],
        Problems = [404, 410],
    };

    public static readonly Operation Stream = new("streamAlerts", Tags.Alerts, "Follow alerts as they happen", Permission.ReadAlerts)
    {
        Description = "Server-sent events named `alert`; an event's id is its number in the alert log. With the last id seen, the client first gets what it missed.",
        Parameters =
        [
            new("Last-Event-ID", "The id of the last event seen.", """{"type":"integer","format":"int64"}""", IsHeader: true),
            Parameter.Choice("tier", "Only steps that reach or leave this tier, and events at it; may be repeated, as all of these.", TierNames.All),
            Parameter.Choice("state", "Only this state or event.", EntryStates.All),
            Parameter.Text("zone", "Only this zone; `*` stands for any characters."), Parameter.Text("device", "Only this device."), Parameter.Text("rule", "Only this rule, as group/alert."),
            new("last_event_id", "The same, for clients that cannot set headers.", """{"type":"integer","format":"int64"}"""),
        ],
        Answers = [Answer.Text("text/event-stream", "Events until the client goes.")],
        Problems = [400],
    };
}
