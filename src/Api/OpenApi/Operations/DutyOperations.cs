using Fengsui.Api.Security;
using Fengsui.Rules.Model;

namespace Fengsui.Api.OpenApi.Operations;

/// <summary>Who has to do what until when.</summary>
internal static class DutyOperations
{
    public static readonly string[] States = ["open", "acknowledged", "begun", "done", "overdue"];

    public static readonly Operation List = new("listDuties", Tags.Duties, "List duties", Permission.ReadAlerts)
    {
        Description = "Of all alerts on people's list, in the order in which they first fired; done ones until their alert is closed.",
        Parameters =
        [
            Parameter.Limit, Parameter.Cursor, Parameter.Choice("state", "Only those that are so far.", States), Parameter.Choice("tier", "Only those of this tier.", TierNames.All),
            Parameter.Text("zone", "Only those of this zone."), Parameter.Text("audience", "Only those that this audience has to see to."),
        ],
        Answers = [Answer.PageOf("Duty")],
        Problems = [400],
    };

    public static readonly Operation Restrictions = new("listRestrictions", Tags.Duties, "List restrictions in force", Permission.ReadAlerts)
    {
        Description = "Enterprises that may not go on with their bonded business, and the alerts because of which.",
        Parameters = [Parameter.Limit, Parameter.Cursor],
        Answers = [Answer.PageOf("Restriction")],
        Problems = [400],
    };

    public static readonly Operation Held = new("listHeldAlerts", Tags.Alerts, "List alerts that are held back", Permission.ReadAlerts)
    {
        Description = "Shelved, inhibited, grouped, flapping or in a flood: receivers are not told of them at present.",
        Parameters = [Parameter.Limit, Parameter.Cursor],
        Answers = [Answer.PageOf("HeldAlert")],
        Problems = [400],
    };
}
