using Fengsui.Rules.Binding;
using Fengsui.Rules.Library.Gases;
using static Fengsui.Rules.Schema.Shapes;

namespace Fengsui.Rules.Schema;

/// <summary>What a rule file may hold. A new key of the reader is a new line here; a test compares the two.</summary>
internal static class RuleSchema
{
    private static readonly SchemaMapping Select = new(
        "select",
        "'select'",
        "Which devices the rule is for; all of it must match.",
        new("type", () => OneOrMore(Text()), "Type of device, one or a list."),
        new("labels", () => Map(OneOrMore(Text())), "Labels and the value that each must have, one or a list."));

    private static readonly SchemaKey[] Conditions =
    [
        new("tier", Tier, "general 一般, significant 较大, major 重大 or cross-border 跨境联动.") { IsRequired = true },
        new("expr", Expression, "The condition, such as temperature > 30 °C and humidity > 80 %RH.") { IsRequired = true },
        new("clear", Expression, "What must become true to leave; without it: that expr is false."),
        new("for", Duration, "How long the condition must hold before it counts."),
        new("max_gap", Duration, "Longest gap between readings over which the condition may count as held; without it: as long as 'for'."),
    ];

    private static readonly SchemaMapping TierMapping = new("tier", "a tier", "A higher tier of the rule, with a condition of its own.", Conditions);

    private static readonly SchemaMapping RuleMapping = new(
        "rule",
        "a rule",
        "One rule: an alert and when it fires.",
        [
            new("alert", Name, "The alert's name; group/alert is the rule's id, unique in the rule set.") { IsRequired = true },
            new("select", () => Of(Select), "Which devices the rule is for; without it: every device."),
            new("scope", () => Choice("device", "zone"), "Whether each device has an alert of its own, or the zone of the devices has one."),
            .. Conditions,
            new("keep_firing_for", Duration, "How long the base tier stays in force after the clear."),
            new("tiers", () => List(Of(TierMapping)), "Higher tiers, ascending."),
            new("step_down_after", Duration, "How long a higher tier stays in force after its clear."),
            new("latch", Truth, "Whether the alert holds until a person resets it."),
            new("max_age", Duration, "A sampled value older than this counts as unknown in this rule; without it: 1m."),
            new("unknown", () => Choice("keep", "alarm", "ignore"), "What a condition that is unknown means; without it: keep."),
            new("disabled", Truth, "Checked, but not run."),
            new("shadow", Truth, "Run and logged, but nobody is told."),
            new("labels", () => Map(Text()), "Texts that go with the alert. 'standard' names the standard whose ceilings the rule is held to."),
            new("annotations", () => Map(Text()), "Texts with places to fill in: {{ device }}, {{ zone }}, {{ tier }}, {{ tier_zh }}, {{ alert }}, {{ value.METRIC }}, {{ labels.NAME }}."),
        ]);

    private static readonly SchemaMapping Group = new(
        "group",
        "a group",
        "Rules that belong together.",
        new("name", Name, "The group's name, unique in its file.") { IsRequired = true },
        new("labels", () => Map(Text()), "Labels of every rule of the group."),
        new("rules", () => List(Of(RuleMapping)), "The rules.") { IsRequired = true });

    private static readonly SchemaMapping Metric = new(
        "metric",
        "a metric",
        "What is known of a metric with a name of its own.",
        new("unit", () => Choice([.. UnitTable.Names]), "The unit in which it is reported."),
        new("kind", () => Choice("state", "sampled"), "Whether it holds until it changes (a lock), or is a sample of what moves on."),
        new("gas", () => Choice([.. GasTable.Names]), "Of which gas it is a concentration."));

    private static readonly SchemaMapping SetPoints = new(
        "setpoints",
        "a table of set-points",
        "Limits by type of device or by a label.",
        new("by", Text, "type, or labels.NAME.") { IsRequired = true },
        new("unit", () => Choice([.. UnitTable.Names]), "The unit of the values."),
        new("values", () => Map(Number()), "The limit of each type or label value.") { IsRequired = true },
        new("default", Number, "The limit of all others."),
        new("clause", Text, "Where the figures come from."),
        new("certainty", Text, "S read in the source, 2 quoted by a secondary source, R recalled, own without a norm."));

    private static readonly SchemaKey[] Devices =
    [
        new("device", () => OneOrMore(Text()), "Device id or a pattern with *, one or a list."),
        new("zone", () => OneOrMore(Text()), "Zone or a pattern with *, one or a list."),
        new("type", () => OneOrMore(Text()), "Type of device, one or a list."),
        new("labels", () => Map(OneOrMore(Text())), "Labels and the value that each must have, one or a list."),
    ];

    private static readonly SchemaMapping Override = new(
        "override",
        "an override",
        "What is different for some devices.",
        [
            .. Devices,
            new("rule", () => OneOrMore(Text()), "Rules that 'disabled' and 'for' are about: group/alert or a pattern."),
            new("setpoints", () => Map(Number()), "Other values of set-point tables."),
            new("disabled", Truth, "Whether the rules are off for these devices."),
            new("for", Duration, "Another 'for' of the rules' base tier."),
            new("reason", Text, "Why."),
        ]);

    private static readonly SchemaMapping WindowSelect = new("maintenance_select", "'select'", "What a maintenance window is for.", Devices);

    private static readonly SchemaMapping Window = new(
        "maintenance",
        "a maintenance window",
        "A time in which rules rest.",
        new("name", Text, "Its name.") { IsRequired = true },
        new("rules", () => OneOrMore(Text()), "Rules that rest: group/alert or a pattern."),
        new("select", () => Of(WindowSelect), "Which devices and zones."),
        new("from", Time, "When it begins, with its offset: 2026-05-01T08:00:00+08:00."),
        new("to", Time, "When it ends."),
        new("schedule", Text, "Name of a schedule: rest while it is on, between 'from' and 'to' where they are given."),
        new("reason", Text, "Why.") { IsRequired = true })
    {
        OneOf = [["from", "to"], ["schedule"]],
    };

    private static readonly SchemaMapping Segregation = new(
        "segregation",
        "'segregation'",
        "Which classes of dangerous goods must be kept apart.",
        new("edition", Text, "Of the table, with its source.") { IsRequired = true },
        new("certainty", Text, "How sure the figures are."),
        new("classes", () => List(Text()), "Classes in the order of the rows; those of one row joined by a slash.") { IsRequired = true },
        new("cells", () => List(Text()), "One row for each entry of 'classes'.") { IsRequired = true });

    public static SchemaFile File { get; } = new(
        "Fengsui rules",
        new SchemaMapping(
            "file",
            "a rule file",
            "Rules, and what they lean on. All files of config/rules are one rule set.",
            new("groups", () => List(Of(Group)), "Groups of rules."),
            new("metrics", () => Map(Of(Metric)), "Units, kinds and gases of metrics, by name."),
            new("reference_temperature", Text, "Temperature at which a cubic metre of mg/m³ is meant: 20 °C."),
            new("setpoints", () => Map(Of(SetPoints)), "Tables of limits, by name."),
            new("overrides", () => List(Of(Override)), "What is different for some devices; a later one holds before an earlier one."),
            new("maintenance", () => List(Of(Window)), "Times in which rules rest."),
            new("schedules", () => List(Of(ScheduleSchema.Schedule)), "Times of the week, by name."),
            new("segregation", () => Of(Segregation), "The segregation table."),
            new("duties", () => Of(AlertSchema.Duties), "Who has to see to alerts, and by when."),
            new("noise", () => Of(AlertSchema.Noise), "What receivers are spared.")),
        [Group,
        RuleMapping,
        Select,
        TierMapping,
        Metric,
        SetPoints,
        Override,
        Window,
        WindowSelect,
        ScheduleSchema.Schedule,
        ScheduleSchema.Span,
        Segregation,
        .. AlertSchema.All]);
}
