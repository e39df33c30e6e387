using static Fengsui.Rules.Schema.Shapes;

namespace Fengsui.Rules.Schema;

/// <summary>What <c>duties:</c> and <c>noise:</c> may hold.</summary>
internal static class AlertSchema
{
    private static readonly SchemaMapping Step = new(
        "escalation",
        "a step of the ladder",
        "Who is told when nobody answers.",
        new("unacknowledged", Duration, "Taken when nobody has acknowledged for so long."),
        new("undisposed", Duration, "Taken when it is not disposed of for so long."),
        new("to", () => OneOrMore(Text()), "Who is told.") { IsRequired = true })
    {
        OneOf = [["unacknowledged"], ["undisposed"]],
    };

    private static readonly SchemaMapping Tier = new(
        "tier_duty",
        "duties of a tier",
        "Who has to see to alerts of a tier, and by when.",
        new("audience", () => OneOrMore(Text()), "Who is told."),
        new("due", Duration, "By when, from the moment the alert reaches the tier; 0: at once."),
        new("due_for", () => Choice("disposal", "begin"), "What must have happened by then."),
        new("grace", Duration, "How long after that it is overdue."),
        new("confirmations", () => OneOrMore(Text()), "Capacities that must each confirm the disposal, by different people."),
        new("verify", Truth, "Whether somebody else must verify before it is closed."),
        new("remind_every", Duration, "Time between reminders; 0: none."),
        new("max_reminders", Number, "After so many nobody is reminded any more."),
        new("restrict", Truth, "Whether an overdue duty restricts the enterprise."),
        new("escalate", () => List(Of(Step)), "The ladder."));

    private static readonly SchemaMapping Tiers = new(
        "tier_duties",
        "'tiers' of duties",
        "What is different from the built-in duties of a tier.",
        new("general", () => Of(Tier), "一般"),
        new("significant", () => Of(Tier), "较大"),
        new("major", () => Of(Tier), "重大"),
        new("cross-border", () => Of(Tier), "跨境联动"));

    private static readonly SchemaMapping Enterprise = new(
        "enterprise",
        "an enterprise",
        "Who runs which zones.",
        new("name", Text, "Its name.") { IsRequired = true },
        new("zones", () => OneOrMore(Text()), "Names or patterns of zones.") { IsRequired = true });

    public static SchemaMapping Duties { get; } = new(
        "duties",
        "'duties'",
        "Who has to see to alerts, and by when.",
        new("max_shelve", Duration, "Longest that an alert can be shelved at a time; at most 1d."),
        new("tiers", () => Of(Tiers), "By tier."),
        new("enterprises", () => List(Of(Enterprise)), "Who runs which zones."));

    private static readonly SchemaMapping Flapping = new(
        "flapping",
        "'flapping'",
        "When an alert changes too often.",
        new("changes", Number, "So many steps…"),
        new("within", Duration, "…within so long."),
        new("steady_for", Duration, "It is steady again when it has not changed for so long."));

    private static readonly SchemaMapping Grouping = new(
        "grouping",
        "'grouping'",
        "Alerts of one zone and cause are told once.",
        new SchemaKey("within", Duration, "Those that begin so soon after the one that was told are held back behind it."));

    private static readonly SchemaMapping Flood = new(
        "flood",
        "'flood'",
        "Too many alerts of one enterprise and zone.",
        new("alerts", Number, "More than so many…"),
        new("within", Duration, "…within so long."),
        new("below", Number, "Over when fewer than so many begin within that time."),
        new("up_to", () => Choice("general", "significant", "major"), "The gravest tier that is held back."));

    private static readonly SchemaMapping Inhibit = new(
        "inhibit",
        "a rule of inhibition",
        "A grave alert hides those of its zone that it explains.",
        new("source", () => Choice("significant", "major", "cross-border"), "The tier that hides others, or above."),
        new("target", () => OneOrMore(Choice("general", "significant", "major")), "The tiers that are hidden; without it all below."),
        new("source_rules", () => OneOrMore(Text()), "Rules that hide: group/alert or a pattern."),
        new("target_rules", () => OneOrMore(Text()), "Rules that are hidden."));

    public static SchemaMapping Noise { get; } = new(
        "noise",
        "'noise'",
        "What receivers are spared. The highest tier never is.",
        new("flapping", () => Of(Flapping), "Alerts that change too often."),
        new("grouping", () => Of(Grouping), "Alerts of one zone and cause."),
        new("flood", () => Of(Flood), "Too many at once."),
        new("inhibit", () => List(Of(Inhibit)), "What explains what."));

    public static IReadOnlyList<SchemaMapping> All { get; } = [Duties, Tiers, Tier, Step, Enterprise, Noise, Flapping, Grouping, Flood, Inhibit];
}
