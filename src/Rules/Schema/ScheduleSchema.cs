using System.Text.Json.Nodes;
using static Fengsui.Rules.Schema.Shapes;

namespace Fengsui.Rules.Schema;

/// <summary>The section <c>schedules</c> of a rule file.</summary>
internal static class ScheduleSchema
{
    private const string Date = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
    private const string Weekday = "(mon|tue|wed|thu|fri|sat|sun)";

    private static readonly SchemaKey[] Times =
    [
        new("days", () => OneOrMore(Pattern($"^{Weekday}(\\.\\.{Weekday})?$")), "Days on which it begins: mon, mon..fri, one or a list; without it: every day."),
        new("from", () => Pattern("^([01][0-9]|2[0-3]):[0-5][0-9]$"), "Time of day at which it begins: 22:00."),
        new("to", () => Pattern("^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"), "Time of day at which it ends; at or before 'from': on the next day."),
    ];

    public static SchemaMapping Span { get; } = new("span", "a span", "A stretch of the days on which it begins.", [Times[0], Times[1] with { IsRequired = true }, Times[2] with { IsRequired = true }]);

    public static SchemaMapping Schedule { get; } = new(
        "schedule",
        "a schedule",
        "Times of the week, by the clock on the wall; during(NAME) asks for them.",
        [
            new("name", Name, "Its name, unique in the rule set.") { IsRequired = true },
            new("time_zone", Text, "Asia/Shanghai, or an offset such as +08:00.") { IsRequired = true },
            .. Times,
            new("spans", () => List(Of(Span)), "Several stretches, instead of 'days', 'from' and 'to'."),
            new("exclude", Dates, "Dates on which no span begins."),
            new("include", Dates, "Dates on which every span begins, whatever weekday they are."),
        ])
    {
        OneOf = [["from", "to"], ["spans"]],
    };

    private static JsonObject Dates() => OneOrMore(Pattern($"^{Date}(\\.\\.{Date})?$"));

    private static JsonObject Pattern(string pattern) => new() { ["type"] = "string", ["pattern"] = pattern };
}
