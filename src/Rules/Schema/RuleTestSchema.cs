using Fengsui.Rules.Testing;
using static Fengsui.Rules.Schema.Shapes;

namespace Fengsui.Rules.Schema;

/// <summary>What a file of unit tests may hold.</summary>
internal static class RuleTestSchema
{
    private static readonly SchemaMapping Device = new(
        "device",
        "a device",
        "A device of the test, as a device file would declare it.",
        new("id", Text, "Its id.") { IsRequired = true },
        new("type", Text, "Its type; without it: default."),
        new("zone", Text, "Its zone; without it: default."),
        new("labels", () => Map(Text()), "Its labels, those of its zone included."));

    private static readonly SchemaMapping Series = new(
        "series",
        "a series",
        "What one metric of one device shows, step by step.",
        new("series", Text, "metric{device=\"id\"}; or the keys metric and device."),
        new("device", Text, "The device."),
        new("metric", Text, "The metric."),
        new("interval", Duration, "Event time between two steps; without it: the test's."),
        new("delay", Duration, "How much later than its event time each step is received."),
        new("values", Text, "20 · 20+1x10 · 20x5 · _ nothing · _x5 · stale the last value under a new time · bad · true · 31.23,121.47") { IsRequired = true })
    {
        OneOf = [["series"], ["device", "metric"]],
    };

    private static readonly SchemaMapping Permit = new(
        "permit",
        "a permit",
        "Leave to work in a zone.",
        new("id", Text, "Its id.") { IsRequired = true },
        new("kinds", () => OneOrMore(Text()), "Kinds of work."),
        new("persons", () => OneOrMore(Text()), "Who may be inside."),
        new("from", Duration, "When it begins, since the test's start; without it: when it is said."),
        new("until", Duration, "When it ends, since the test's start.") { IsRequired = true });

    private static readonly SchemaMapping GasTest = new(
        "gas_test",
        "a gas test",
        "The air was tested.",
        new("passed", Truth, "Whether it was fit.") { IsRequired = true },
        new("person", Text, "Who tested."));

    private static readonly SchemaMapping Unlock = new(
        "unlock",
        "an unlock",
        "A person gave their key, card or code.",
        new("person", Text, "Who.") { IsRequired = true },
        new("device", Text, "The lock."));

    private static readonly SchemaMapping Goods = new(
        "goods",
        "goods",
        "Dangerous goods were brought in, taken out or counted.",
        new("un", Text, "UN number, four digits.") { IsRequired = true },
        new("class", Text, "Class or division: 3, 5.1."),
        new("quantity_kg", Quantity, "How much.") { IsRequired = true },
        new("limit_kg", Quantity, "The most that may be stored."),
        new("operation", () => Choice("stored", "removed", "set"), "Without it: stored."));

    private static readonly SchemaMapping Reset = new(
        "reset",
        "a reset",
        "A person has seen to an alert that holds until it is reset.",
        new("rule", Text, "group/Alert.") { IsRequired = true },
        new("device", Text, "Whose alert; without it: the zone's."));

    private static readonly SchemaMapping Event = new(
        "event",
        "an event",
        "Something that happens on the site. One event says one thing.",
        new("at", Duration, "When, since the test's start.") { IsRequired = true },
        new("zone", Text, "Of which zone it is said."),
        new("permit", () => Of(Permit), "A permit is granted."),
        new("revoke", Text, "The permit of this id ends now."),
        new("gas_test", () => Of(GasTest), "The air was tested."),
        new("unlock", () => Of(Unlock), "A person unlocks."),
        new("goods", () => Of(Goods), "Goods come or go."),
        new("reset", () => Of(Reset), "An alert is reset."),
        new("person", Text, "Who enters or leaves."),
        new("device", Text, "What enters or leaves."),
        new("enters", Text, "The zone."),
        new("leaves", Truth, "true."));

    private static readonly SchemaMapping Alert = new(
        "alert",
        "an expected alert",
        "An alert that is firing.",
        new("device", Text, "Whose it is."),
        new("zone", Text, "Whose it is, of a rule about zones."),
        new("tier", Tier, "Its tier.") { IsRequired = true },
        new("exp_labels", () => Map(Text()), "Labels that it must have."),
        new("exp_annotations", () => Map(Text()), "Annotations that it must have, filled in."))
    {
        OneOf = [["device"], ["zone"]],
    };

    private static readonly SchemaMapping Expectation = new(
        "expectation",
        "an expectation",
        "The alerts of one rule at one time: these and no others.",
        new("eval_time", Duration, "When, since the test's start.") { IsRequired = true },
        new("rule", Text, "group/Alert."),
        new("alert", Text, "The alert's name, where one rule has it."),
        new("exp_alerts", () => List(Of(Alert)), "Without it, or empty: none."))
    {
        OneOf = [["rule"], ["alert"]],
    };

    private static readonly SchemaMapping Transition = new(
        "transition",
        "an expected transition",
        "One step of a rule.",
        new("at", Duration, "Event time, since the test's start.") { IsRequired = true },
        new("rule", Text, "group/Alert."),
        new("alert", Text, "The alert's name, where one rule has it."),
        new("device", Text, "Whose alert."),
        new("zone", Text, "Whose alert, of a rule about zones."),
        new("state", () => Choice([.. ExpectationReader.States.Select(state => state.Key)]), "What happens.") { IsRequired = true },
        new("tier", Tier, "The tier from then on, of a resolved alert the one that it had; without it: any."))
    {
        OneOf = [["rule"], ["alert"]],
    };

    private static readonly SchemaMapping Test = new(
        "test",
        "a test",
        "What comes in, and what must come of it.",
        new("name", Text, "Its name."),
        new("start", Text, "When it begins: 2026-01-05T08:00:00+08:00; without it: that Monday at midnight UTC."),
        new("devices", () => List(Of(Device)), "The devices."),
        new("interval", Duration, "Event time between two steps of a series; without it: 1s."),
        new("input_series", () => List(Of(Series)), "What they send."),
        new("events", () => List(Of(Event)), "What happens on the site."),
        new("rules", () => OneOrMore(Text()), "Rules whose steps exp_transitions lists; without it: all."),
        new("alert_rule_test", () => List(Of(Expectation)), "Alerts at certain times."),
        new("exp_transitions", () => List(Of(Transition)), "Everything that happens, in order. Pending and cancelled count when one of them is listed."))
    {
        OneOf = [["alert_rule_test"], ["exp_transitions"]],
    };

    public static SchemaFile File { get; } = new(
        "Fengsui rule tests",
        new SchemaMapping(
            "file",
            "a file of rule tests",
            "Unit tests of rules, for fengsui rules test.",
            new("rule_files", () => OneOrMore(Text()), "Rule files or patterns such as *.yaml, relative to this file.") { IsRequired = true },
            new("evaluation_interval", Duration, "Journal time between two ticks; without it: 1s."),
            new("tests", () => List(Of(Test)), "The tests.") { IsRequired = true }),
        Test,
        Device,
        Series,
        Event,
        Permit,
        GasTest,
        Unlock,
        Goods,
        Reset,
        Expectation,
        Alert,
        Transition);
}
