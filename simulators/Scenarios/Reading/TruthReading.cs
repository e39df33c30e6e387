using Fengsui.Rules;
using Fengsui.Rules.Model;
using Fengsui.Rules.Parsing.Yaml;
using Fengsui.Scenarios.Model;

namespace Fengsui.Scenarios.Reading;

/// <summary>Reads the sections <c>truth</c> and <c>quiet</c>.</summary>
internal static class TruthReading
{
    public static IReadOnlyList<TruthRule> Truth(this YamlMap file, ScenarioNames names) => [.. file.Maps("truth", "a truth").Select(map => Read(map, names))];

    public static IReadOnlyList<QuietRule> Quiet(this YamlMap file, ScenarioNames names)
    {
        var quiet = new List<QuietRule>();
        foreach (var map in file.Maps("quiet", "a quiet while"))
        {
            quiet.Add(new QuietRule(Rule(map), Of(map, names), map.Amount("from", names), map.RequiredAmount("until", names), map.RequiredString("because") ?? ""));
            map.Finish();
        }

        return quiet;
    }

    private static TruthRule Read(YamlMap map, ScenarioNames names)
    {
        var late = map.RequiredAmount("late", names);
        var truth = new TruthRule
        {
            Rule = Rule(map),
            Of = Of(map, names),
            Tier = map.Tier("tier"),
            When = map.Map("when", "a law") is { } law ? Law(law, names) : null,
            From = map.OptionalAmount("from", names),
            Until = map.OptionalAmount("until", names),
            Early = map.RequiredAmount("early", names),
            Late = late,
            EndLate = map.Amount("end_late", names, late),
        };
        map.Finish();
        if (truth.When is null == truth.From is null)
        {
            map.Diagnostics.Error(map.Spot, DiagnosticCodes.Conflict, "a truth is either a law of a quantity or a time", "'when', or 'from' and perhaps 'until'");
        }

        return truth;
    }

    private static Law Law(YamlMap map, ScenarioNames names)
    {
        var isBelow = map.Has("below");
        if (isBelow == map.Has("above"))
        {
            map.Diagnostics.Error(map.Spot, DiagnosticCodes.Conflict, "a law has one limit", "'above' or 'below'");
        }

        var limit = map.Amount(isBelow ? "below" : "above", names);
        var law = new Law
        {
            Metric = map.RequiredString("metric") ?? "",
            IsBelow = isBelow,
            Limit = limit,
            Until = map.Amount("until", names, limit),
            For = map.Amount("for", names),
            Hold = map.Amount("hold", names),
            Give = map.Amount("give", names),
            ChangeOver = map.Amount("change_over", names),
            Devices = map.Integer("devices", 0, 0, 1_000),
            Tiers = [.. map.Maps("tiers", "a tier").Select(tier => OneTier(tier, names))],
        };
        map.Finish();
        return law;
    }

    private static (Tier Tier, Amount Limit, Amount For) OneTier(YamlMap map, ScenarioNames names)
    {
        var tier = (map.Tier("tier"), map.RequiredAmount("limit", names), map.Amount("for", names));
        map.Finish();
        return tier;
    }

    private static string Rule(YamlMap map)
    {
        var rule = map.RequiredString("rule") ?? "";
        if (rule.Length > 0 && rule.Count(character => character == '/') != 1)
        {
            map.Diagnostics.Error(map.SpotOf("rule"), DiagnosticCodes.InvalidValue, $"'{rule}' names no rule", "group/Rule");
        }

        return rule;
    }

    private static string Of(YamlMap map, ScenarioNames names) => map.Named("of", names.Subjects, "a device, a zone or a draw of this file");
}
