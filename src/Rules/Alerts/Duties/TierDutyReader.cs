using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Alerts.Duties;

/// <summary>Reads what <c>duties: tiers:</c> says of one tier.</summary>
internal static class TierDutyReader
{
    /// <summary>Bound on the steps of a ladder: one bit each of what an alert remembers.</summary>
    public const int MaxEscalations = 16;

    /// <summary>Bound on the names of one list: whoever tells hundreds tells nobody.</summary>
    public const int MaxNames = 64;

    /// <summary>Reminders and steps closer than this are noise, and work.</summary>
    private const long LeastMs = 60_000;

    private static readonly KeyValuePair<string, DutyGoal>[] Goals = [new("disposal", DutyGoal.Disposed), new("begin", DutyGoal.Begun)];

    /// <param name="known">What holds where nothing is said.</param>
    public static TierDuty Read(YamlMap map, TierDuty known)
    {
        var duty = known with
        {
            Audience = Names(map, "audience", known.Audience),
            DueMs = map.DurationMs("due", known.DueMs),
            Goal = map.Choice("due_for", known.Goal, Goals),
            GraceMs = map.DurationMs("grace", known.GraceMs),
            Confirmations = Names(map, "confirmations", known.Confirmations),
            NeedsVerification = map.Boolean("verify", known.NeedsVerification),
            RemindMs = map.DurationMs("remind_every", known.RemindMs),
            MaxReminders = map.Integer("max_reminders", known.MaxReminders, 0, 1_000),
            Restricts = map.Boolean("restrict", known.Restricts),
            Escalations = map.Has("escalate") ? ReadSteps(map) : known.Escalations,
        };
        if (duty.RemindMs is > 0 and < LeastMs)
        {
            map.Diagnostics.Error(map.SpotOf("remind_every"), DiagnosticCodes.OutOfRange, "reminders are too close together", "0, or 1m and more");
        }

        if (duty.Audience.Count == 0)
        {
            map.Diagnostics.Error(map.SpotOf("audience"), DiagnosticCodes.MissingKey, "a tier that nobody is told of", "at least one name");
        }

        map.Finish();
        return duty;
    }

    private static List<EscalationStep> ReadSteps(YamlMap map)
    {
        var steps = new List<EscalationStep>();
        foreach (var item in map.Maps("escalate", "a step of the ladder"))
        {
            if (ReadStep(item) is { } step)
            {
                steps.Add(step);
            }
        }

        if (steps.Count > MaxEscalations)
        {
            map.Diagnostics.Error(map.SpotOf("escalate"), DiagnosticCodes.OutOfRange, $"the ladder has {steps.Count} steps", $"at most {MaxEscalations}");
        }

        return steps;
    }

    private static EscalationStep? ReadStep(YamlMap map)
    {
        var unacknowledged = map.DurationMs("unacknowledged", 0, LeastMs);
        var undisposed = map.DurationMs("undisposed", 0, LeastMs);
        var to = Names(map, "to", []);
        map.Finish();
        if (map.Has("unacknowledged") == map.Has("undisposed"))
        {
            map.Diagnostics.Error(map.Spot, DiagnosticCodes.MissingKey, "a step of the ladder needs one of 'unacknowledged' and 'undisposed'", "a duration of at least 1m");
            return null;
        }

        if (to.Count == 0)
        {
            map.Diagnostics.Error(map.SpotOf("to"), DiagnosticCodes.MissingKey, "a step of the ladder needs the key 'to'", "who is told");
        }

        return new EscalationStep(unacknowledged > 0, Math.Max(unacknowledged, undisposed), to);
    }

    private static IReadOnlyList<string> Names(YamlMap map, string key, IReadOnlyList<string> otherwise)
    {
        if (!map.Has(key))
        {
            return otherwise;
        }

        var names = map.StringOrList(key);
        if (names.Count > MaxNames)
        {
            map.Diagnostics.Error(map.SpotOf(key), DiagnosticCodes.OutOfRange, $"'{key}' has {names.Count} names", $"at most {MaxNames}");
        }

        foreach (var twice in names.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            map.Diagnostics.Error(map.SpotOf(key), DiagnosticCodes.DuplicateName, $"'{twice.Key}' is named twice", "each once");
        }

        return names;
    }
}
