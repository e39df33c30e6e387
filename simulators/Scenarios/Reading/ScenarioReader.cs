using System.Globalization;
using Fengsui.Rules;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;
using Fengsui.Scenarios.Model;

namespace Fengsui.Scenarios.Reading;

/// <summary>Reads a scenario file. Every mistake is found at once; docs/scenarios.md describes the keys.</summary>
public static class ScenarioReader
{
    /// <summary>A scenario lasts at most this long: the physics are looked at twice a second.</summary>
    public const long MaxLastsMs = 48 * 3_600_000L;

    private const long MinLastsMs = 10_000;

    /// <summary>2026-05-04T08:00:00+08:00, a Monday morning: any would do.</summary>
    private const long DefaultStartMs = 1_777_852_800_000;

    /// <summary>Null when there is any error.</summary>
    /// <param name="path">As it is named in messages.</param>
    /// <param name="text">YAML.</param>
    public static Scenario? Read(string path, string text, out IReadOnlyList<Diagnostic> diagnostics)
    {
        var bag = new DiagnosticBag();
        var root = YamlDocument.Load(path, text, bag);
        Scenario? scenario = null;
        if (root is null && !bag.HasErrors)
        {
            bag.Error(new SourceSpot(path, 1, 1), DiagnosticCodes.MissingKey, "the file is empty", "a scenario");
        }
        else if (root is not null && YamlMap.Of(root, "a scenario", bag) is { } map)
        {
            scenario = Read(map);
        }

        diagnostics = bag.ToSortedList();
        return bag.HasErrors ? null : scenario;
    }

    private static Scenario Read(YamlMap map)
    {
        var names = new ScenarioNames();
        var name = map.RequiredString("scenario") ?? "";
        var summary = map.RequiredString("summary") ?? "";
        var lastsMs = map.RequiredNode("lasts") is null ? MinLastsMs : map.DurationMs("lasts", MinLastsMs, MinLastsMs, MaxLastsMs);
        var startMs = Start(map);
        var draws = map.Draws(names);
        var zones = map.Zones(names);
        var routes = map.Routes(names);
        var devices = map.Devices(names);
        var scenario = new Scenario
        {
            Name = name,
            Summary = summary,
            SummaryZh = map.String("summary_zh", "")!,
            LastsMs = lastsMs,
            StartMs = startMs,
            MayHurry = map.Boolean("may_hurry", false),
            Draws = draws,
            Zones = zones,
            Routes = routes,
            Devices = devices,
            Timeline = map.Timeline(names),
            Truth = map.Truth(names),
            Quiet = map.Quiet(names),
        };
        map.Finish();
        CheckWords(map, names);
        MetricChecks.Check(map, scenario, names);
        return scenario;
    }

    private static long Start(YamlMap map)
    {
        if (map.Scalar("start") is not { } scalar)
        {
            return DefaultStartMs;
        }

        if (DateTimeOffset.TryParse(scalar.Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var start))
        {
            return start.ToUnixTimeMilliseconds();
        }

        map.Diagnostics.Error(scalar.Spot, DiagnosticCodes.InvalidValue, $"'start' is {scalar.Kind}", "a time such as 2026-05-04T08:00:00+08:00");
        return DefaultStartMs;
    }

    /// <summary>What a draw may give must be there.</summary>
    private static void CheckWords(YamlMap map, ScenarioNames names)
    {
        var known = names.Devices.Concat(names.Zones).Concat(names.Gateways).ToList();
        foreach (var (draw, words) in names.Words)
        {
            foreach (var word in words.Where(word => !known.Contains(word)))
            {
                map.Diagnostics.Error(map.SpotOf("draws"), DiagnosticCodes.UnknownName, $"the draw '{draw}' may give '{word}', which is not declared{NearMiss.Hint(word, known)}", "a device, a zone or a gateway");
            }
        }
    }
}
