using System.Text.Json;
using System.Text.RegularExpressions;
using Fengsui.Rules.Model;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Import.ThingsBoard;

/// <summary>Carries the alarm rules of a device profile of ThingsBoard over: its JSON export, or a list of such. Never throws for what the file holds.</summary>
public sealed partial class ThingsBoardImporter
{
    /// <summary>Bound on the nesting of the file.</summary>
    private const int MaxDepth = 64;

    private static readonly Dictionary<string, long> Units = new(StringComparer.Ordinal)
    {
        ["SECONDS"] = 1_000,
        ["MINUTES"] = 60_000,
        ["HOURS"] = 3_600_000,
        ["DAYS"] = 86_400_000,
    };

    private readonly ImportJob _job = new();
    private readonly SeverityMap _severities;

    private ThingsBoardImporter(SeverityMap severities) => _severities = severities;

    public static ImportResult Import(string path, string text, SeverityMap severities)
    {
        var importer = new ThingsBoardImporter(severities);
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth });
            var root = new JsonSpot(document.RootElement, "");
            var profiles = root.IsObject ? [root] : root.Items().ToList();
            if (profiles.Count == 0 || profiles.Exists(profile => !profile["profileData"].IsObject))
            {
                return Unreadable(path, 1, 1, "this is not a device profile", "an object with 'profileData', or a list of such");
            }

            profiles.ForEach(importer.ReadProfile);
        }
        catch (JsonException mistake)
        {
            return Unreadable(path, (int)(mistake.LineNumber ?? 0) + 1, (int)(mistake.BytePositionInLine ?? 0) + 1, "this is not JSON", "a device profile as it is exported");
        }

        return importer._job.Finish(
        [
            $"Imported from {Path.GetFileName(path)}, alarm rules of a device profile of ThingsBoard.",
            "There a clear rule ends the whole alarm and a lower condition lowers it; here each tier ends for itself, and the clear rule is that of the lowest.",
            "Durations are measured in the devices' time here.",
        ]);
    }

    private static ImportResult Unreadable(string path, int line, int column, string message, string expected) =>
        new(null, 0, [], [new Diagnostic(path, line, column, Severity.Error, DiagnosticCodes.WrongType, message, expected)]);

    private void ReadProfile(JsonSpot profile)
    {
        var name = profile["name"].Text() ?? "default";
        foreach (var alarm in profile["profileData"]["alarms"].Items())
        {
            ReadAlarm(alarm, name);
        }
    }

    private void ReadAlarm(JsonSpot alarm, string profile)
    {
        var name = ImportJob.NameOf(alarm["alarmType"].Text() ?? "", "Alarm");
        var levels = new List<ImportedLevel>();
        string? details = null;
        var rules = alarm["createRules"].Entries().Select(rule => (rule.Key, rule.Value, Tier: _severities.Find(rule.Key))).OrderBy(rule => rule.Tier).ToList();
        foreach (var (severity, rule, tier) in rules)
        {
            if (tier == Tier.None || levels.Exists(level => level.Tier == tier))
            {
                _job.Lose(rule.Path, name, tier == Tier.None ? $"the severity {severity} is not known" : $"{severity} is {tier.Name()} here, as a lower severity is already; --severity {severity}=… gives it a tier of its own");
            }
            else if (LevelOf(rule, name, tier) is { } level)
            {
                levels.Add(level);
                details ??= rule["alarmDetails"].Text();
            }
        }

        if (levels.Count == 0)
        {
            _job.Lose(alarm.Path, name, "no severity of it could be carried over");
            return;
        }

        Add(alarm, profile, name, levels, details);
    }

    private void Add(JsonSpot alarm, string profile, string name, List<ImportedLevel> levels, string? details)
    {
        var clearRule = alarm["clearRule"];
        var clear = clearRule.IsNothing ? null : ClearOf(clearRule, name);
        if (alarm["propagate"].Truth() == true)
        {
            _job.Lose(alarm["propagate"].Path, name, "propagation to related entities");
        }

        var annotations = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (details is { Length: > 0 })
        {
            annotations["summary"] = DetailsOf(details);
        }

        _job.Add(new ImportedRule
        {
            Group = ImportJob.NameOf(profile, "imported"),
            Alert = name,
            Place = alarm.Path,
            SelectType = profile,
            Levels = [levels[0] with { Clear = clear }, .. levels.Skip(1)],
            IsLatched = clearRule.IsNothing,
            Annotations = annotations,
            Comments = clearRule.IsNothing ? ["no clear rule there: a person ends the alarm, here with a reset"] : [],
        });
    }

    private string? ClearOf(JsonSpot clearRule, string name)
    {
        if (clearRule["condition"]["spec"]["type"].Text() is { } type and not "SIMPLE")
        {
            _job.Lose(clearRule["condition"]["spec"].Path, name, $"a clear rule of type {type}; it clears at once");
        }

        if (new ScheduleTranslator(_job, name).Translate(clearRule["schedule"]) is { Length: > 0 })
        {
            _job.Lose(clearRule["schedule"].Path, name, "the schedule of the clear rule; it clears at all times");
        }

        return new ConditionTranslator(_job, name).Translate(clearRule["condition"]["condition"]);
    }

    private ImportedLevel? LevelOf(JsonSpot rule, string name, Tier tier)
    {
        if (new ConditionTranslator(_job, name).Translate(rule["condition"]["condition"]) is not { } condition)
        {
            return null;
        }

        var spec = rule["condition"]["spec"];
        var count = 0;
        var forMs = 0L;
        switch (spec["type"].Text())
        {
            case "DURATION":
                forMs = DurationOf(spec, name);
                break;
            case "REPEATING":
                count = (int)Math.Clamp(NumberOf(spec["predicate"]) ?? NumberOf(spec["value"]) ?? 0, 0, 1_000_000);
                break;
        }

        var expression = count > 1 ? $"n_of_m({count}, {count}, {condition})" : condition;
        var schedule = new ScheduleTranslator(_job, name).Translate(rule["schedule"]) ?? "";
        expression = schedule.Length == 0 ? expression : $"{schedule} and ({expression})";
        return new ImportedLevel(tier, expression, forMs);
    }

    private long DurationOf(JsonSpot spec, string name)
    {
        var count = NumberOf(spec["predicate"]) ?? NumberOf(spec["value"]);
        if (count is > 0 && Units.TryGetValue(spec["unit"].Text() ?? "", out var unit) && count.Value * unit <= DurationText.MaxMs)
        {
            return (long)(count.Value * unit);
        }

        _job.Lose(spec.Path, name, "a duration without a number or unit; it fires at once");
        return 0;
    }

    private double? NumberOf(JsonSpot value)
    {
        if (value["dynamicValue"]["sourceAttribute"].Text() is { } attribute)
        {
            _job.Assume(value["dynamicValue"].Path, attribute, "a duration or count from an attribute; the default value stands for it");
        }

        return value.Number() ?? value["userValue"].Number() ?? value["defaultValue"].Number();
    }

    /// <summary><c>${temperature}</c> is the value that caused it.</summary>
    private static string DetailsOf(string details) => Place().Replace(details, "{{ value.$1 }}").ReplaceLineEndings(" ");

    [GeneratedRegex(@"\$\{\s*([^}\s]+)\s*\}")]
    private static partial Regex Place();
}
