using System.Globalization;
using System.Text.Json;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Canary;
using Fengsui.Devices.Engine;
using Fengsui.Devices.Records;
using Fengsui.Devices.RuleSets;
using Fengsui.Rules;
using Fengsui.Rules.Alerts;
using Fengsui.Rules.Zones.Site;

namespace Fengsui.Devices.Audit;

/// <summary>What the records of each kind say (docs/audit.md lists the fields).</summary>
internal static class AuditRecords
{
    /// <summary>Mistakes of a refused rule set that are told; their number is whole.</summary>
    private const int MaxDiagnostics = 20;

    public static AuditRecord Of(DeliveryAttempt attempt) => new(AuditKind.Delivery, attempt.StartedMs, AuditRecord.Program, attempt.Receiver)
    {
        Detail = new AuditDetail()
            .Number("first", attempt.FirstNumber)
            .Texts("entries", attempt.EntryIds)
            .Number("attempt", attempt.Attempt)
            .Text("outcome", attempt.Outcome.Name())
            .TextIf("answer", attempt.Detail)
            .Number("duration_ms", attempt.DurationMs)
            .ToJson(),
    };

    /// <summary>Said before it is done, so that what is missing afterwards is accounted for.</summary>
    public static AuditRecord Released(long number, long nowMs) => new(AuditKind.Released, nowMs, AuditRecord.Program, "alerts")
    {
        Detail = new AuditDetail().Number("up_to", number).ToJson(),
    };

    public static AuditRecord Of(AccessAttempt access, long nowMs) => new(AuditKind.Access, nowMs, access.Actor, access.Subject)
    {
        Detail = new AuditDetail()
            .Text("action", access.Action)
            .Text("roles", access.Roles)
            .Flag("joint", access.IsJoint)
            .Flag("granted", access.IsGranted)
            .TextIf("reason", access.Reason)
            .ToJson(),
    };

    public static AuditRecord Of(RuleSetRecord rules, long position, ReadOnlySpan<byte> batch) => FromJournal(AuditKind.Rules, rules.TimeMs, rules.Author, $"rule-set {rules.Version}", position) with
    {
        Detail = new AuditDetail()
            .Number("version", rules.Version)
            .Text("origin", rules.Origin)
            .TextIf("comment", rules.Comment)
            .Texts("files", rules.Files.Select(file => file.Path).Take(200))
            .Text("rules_sha256", Fingerprint(rules.Files))
            .TextIf("id", rules.Command.Id)
            .Text("sha256", AuditHash.Of(batch))
            .ToJson(),
    };

    /// <summary>A change of the rules that was refused: by whom it was wished, what it was, and why not.</summary>
    public static AuditRecord NotDone(RuleSetChange change, RuleSetOutcome outcome, long nowMs) => new(AuditKind.RulesRefused, nowMs, change.Author, "rule-set")
    {
        Detail = new AuditDetail()
            .Text("origin", change.Origin)
            .TextIf("comment", change.Comment)
            .TextIf("based_on", change.BasedOn?.ToString(CultureInfo.InvariantCulture) ?? "")
            .Texts("files", change.Files.Select(file => file.Path).Take(200))
            .TextIf("rules_sha256", change.Files.Count > 0 ? Fingerprint(change.Files) : "")
            .TextIf("id", change.Command.Id)
            .Text("outcome", outcome.IsConflict ? "conflict" : outcome.Refusal.Length > 0 ? "refused" : "mistakes")
            .TextIf("reason", outcome.Refusal)
            .Number("mistakes", outcome.Diagnostics.Count(one => one.Severity == Severity.Error))
            .Texts("diagnostics", outcome.Diagnostics.Where(one => one.Severity == Severity.Error).Take(MaxDiagnostics).Select(one => one.ToString()))
            .ToJson(),
    };

    public static AuditRecord Of(SiteRecord site, long position, ReadOnlySpan<byte> batch) => FromJournal(AuditKind.Command, site.TimeMs, site.Author, site.Zone, position) with
    {
        Detail = Describe(site.Fact)
            .Text("id", site.Fact.Id)
            .Text("sha256", AuditHash.Of(batch))
            .ToJson(),
    };

    /// <summary>What was wanted, whether it was done or not: when it was, an event of the alert names the command.</summary>
    public static AuditRecord Of(AlertCommandRecord asked, long position, ReadOnlySpan<byte> batch) => FromJournal(AuditKind.Command, asked.TimeMs, asked.Author, asked.Command.AlertId, position) with
    {
        Detail = new AuditDetail()
            .Text("command", asked.Command.Action.Name())
            .Text("id", asked.Command.Id)
            .Number("version", asked.Command.ExpectedVersion)
            .Texts("capacities", asked.Capacities.Take(20))
            .TextIf("note", asked.Command.Note)
            .Texts("evidence", asked.Command.Evidence.Take(20))
            .TextIf("assignee", asked.Command.Assignee)
            .Text("sha256", AuditHash.Of(batch))
            .ToJson(),
    };

    /// <summary>A command that changed nothing.</summary>
    public static AuditRecord NotDone(AlertCommand command, string author, AlertCommandResult result, long nowMs) => new(AuditKind.CommandRefused, nowMs, author, command.AlertId)
    {
        Detail = new AuditDetail()
            .Text("command", command.Action.Name())
            .Text("id", command.Id)
            .Number("version", command.ExpectedVersion)
            .Text("outcome", result.Outcome switch
            {
                AlertCommandOutcome.Conflict => "conflict",
                AlertCommandOutcome.NotFound => "not-found",
                _ => "refused",
            })
            .Text("reason", result.Reason)
            .ToJson(),
    };

    /// <summary>A line of the alert log, by its JSON. Its digest fixes all that is not repeated here.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static AuditRecord OfAlertLine(ReadOnlySpan<byte> entry, long number)
    {
        var reader = new Utf8JsonReader(entry);
        using var document = JsonDocument.ParseValue(ref reader);
        var json = document.RootElement;
        var isEvent = json.TryGetProperty("event", out var what);
        var detail = new AuditDetail().Text("id", Text(json, "id")).Text(isEvent ? "event" : "state", isEvent ? what.GetString()! : Text(json, "state"));
        foreach (var field in (string[])["tier", "rule", "device", "zone", "capacity", "command", "held_by"])
        {
            detail.TextIf(field, Text(json, field));
        }

        if (json.TryGetProperty("shadow", out var shadow) && shadow.ValueKind == JsonValueKind.True)
        {
            detail.Flag("shadow", true);
        }

        var actor = Text(json, "actor");
        var time = json.TryGetProperty("received_ms", out var received) ? received.GetInt64() : 0;
        return new AuditRecord(isEvent ? AuditKind.AlertEvent : AuditKind.Alert, time, actor.Length > 0 ? actor : AuditRecord.Program, Text(json, "alert"))
        {
            Detail = detail.Text("sha256", AuditHash.Of(entry)).ToJson(),
            Source = AuditSource.Alerts,
            SourceNumber = number,
        };
    }

    /// <summary>A command that cannot be read is on record all the same.</summary>
    public static AuditRecord Unreadable(AuditKind kind, long nowMs, long position, ReadOnlySpan<byte> batch) => FromJournal(kind, nowMs, AuditRecord.Program, "", position) with
    {
        Detail = new AuditDetail().Flag("unreadable", true).Number("bytes", batch.Length).Text("sha256", AuditHash.Of(batch)).ToJson(),
    };

    /// <summary>Something is missing, or is not what it was.</summary>
    public static AuditRecord Loss(long nowMs, string subject, string what) => new(AuditKind.Loss, nowMs, AuditRecord.Program, subject)
    {
        Detail = new AuditDetail().Text("what", what).ToJson(),
    };

    /// <summary>Of what people wrote: the program's own canary does not count, so that a set that is accepted later has the hash it had when it was refused.</summary>
    private static string Fingerprint(IReadOnlyList<RuleFile> files) => RuleSet.FingerprintOf(CanaryRule.Among(files, isOn: false));

    private static AuditRecord FromJournal(AuditKind kind, long timeMs, string actor, string subject, long position) =>
        new(kind, timeMs, actor, subject) { Source = AuditSource.Journal, SourceNumber = position };

    private static AuditDetail Describe(SiteFact fact) => fact switch
    {
        PermitGranted permit => new AuditDetail().Text("command", "permit-granted").Texts("kinds", permit.Kinds).Texts("persons", permit.Persons).Number("from_ms", permit.FromMs).Number("to_ms", permit.ToMs),
        PermitRevoked => new AuditDetail().Text("command", "permit-revoked"),
        GasTested test => new AuditDetail().Text("command", "gas-tested").Text("person", test.Person).Flag("passed", test.Passed),
        Unlocked unlock => new AuditDetail().Text("command", "unlocked").Text("person", unlock.Person).TextIf("device", unlock.Device),
        GoodsChanged goods => new AuditDetail().Text("command", "goods-changed").Text("un", goods.UnNumber).Text("operation", goods.Operation.ToString()),
        AlertReset reset => new AuditDetail().Text("command", "alert-reset").Text("rule", reset.Rule).TextIf("device", reset.Device),
        _ => new AuditDetail().Text("command", fact.GetType().Name),
    };

    private static string Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
