using Fengsui.Api.Security;
using Fengsui.Devices.Audit;

namespace Fengsui.Api.OpenApi.Operations;

/// <summary>The record of what happened to alerts.</summary>
internal static class AuditOperations
{
    public static readonly Operation List = new("listAuditRecords", Tags.Audit, "List records of the audit log", Permission.ReadAudit)
    {
        Description = "Oldest first. A page may have fewer items than asked for, even none, and still a `next`: one request looks at a bounded part of the log.",
        Parameters =
        [
            Parameter.Limit, Parameter.Cursor, Parameter.Choice("kind", "Only those of this kind.", AuditKindNames.All), Parameter.Text("actor", "Only what this one did."),
            Parameter.Text("subject", "Only what was done to this one."), Parameter.Text("about", "Only those in which this text stands, such as the id of an alert."),
            Parameter.Time("from", "Inclusive."), Parameter.Time("to", "Exclusive."),
        ],
        Answers = [Answer.PageOf("AuditRecord")],
        Problems = [400],
    };

    public static readonly Operation Head = new("getAuditHead", Tags.Audit, "Show the head of the audit log", Permission.ReadAudit)
    {
        Description = "The newest durable record and the newest that is anchored in the journal. Who keeps a head can prove with `fengsui audit verify --head` what came before it.",
        Answers = [Answer.Ok("AuditHead", "Both heads.")],
    };

    public static readonly Operation Story = new("getAlertStory", Tags.Audit, "Tell the whole story of one alert", Permission.ReadAudit)
    {
        Description = "What the rule read, its version, every step and event, who was told when and with which outcome, who answered, each with its record in the audit log.",
        Answers = [Answer.Ok("AlertStory", "The story.")],
        Problems = [404],
    };
}
