using System.Globalization;
using System.Text.Json.Nodes;
using Fengsui.Api.Commands.Rules;
using Fengsui.Api.RuleTools;
using Fengsui.Scenarios.Scoring;

namespace Fengsui.Api.Commands.Sim.Scenarios;

/// <summary>Scores as a table for people, or as JSON for programs.</summary>
internal static class ScoreReport
{
    /// <summary>Several runs are taken together, rule by rule.</summary>
    public static void Write(IReadOnlyList<Score> scores, TextWriter output)
    {
        var table = new TextTable("rule", "due", "found", "fired", "right", "recall", "precision", "delay p50", "p95", "false/device-day", "quiet kept");
        foreach (var rule in Together(scores).Append(Total(scores)))
        {
            table.Add(
                rule.Rule,
                Number(rule.Due),
                Number(rule.Found),
                Number(rule.Fired) + (rule.Undecided > 0 ? $" +{Number(rule.Undecided)}" : ""),
                Number(rule.Right),
                Share(rule.Recall),
                Share(rule.Precision),
                Seconds(rule.Delay(0.5)),
                Seconds(rule.Delay(0.95)),
                Share(rule.FalseAlarmsPerDeviceDay),
                rule.Quiet == 0 ? "" : $"{Number(rule.Quiet - rule.Disturbed)} of {Number(rule.Quiet)}");
        }

        table.Write(output);
    }

    public static void WriteJson(Score score, TextWriter output) => DiagnosticReport.WriteJson(
        new JsonObject
        {
            ["rules"] = new JsonArray([.. score.Rules.Select(ToJson)]),
            ["total"] = ToJson(score.Total),
            ["mistakes"] = new JsonArray([.. score.Mistakes.Select(mistake => new JsonObject
            {
                ["rule"] = mistake.Rule,
                ["subject"] = mistake.Subject,
                ["alert"] = mistake.Alert?.AlertId,
                ["begin_ms"] = mistake.Episode?.BeginMs,
                ["fired_ms"] = mistake.Alert?.FiredMs,
                ["mistake"] = mistake.Mistake,
            })]),
        },
        output);

    public static RuleScore Total(IReadOnlyList<Score> scores) => RuleScore.Sum("all", [.. scores.Select(score => score.Total)], isSameTime: false);

    private static IEnumerable<RuleScore> Together(IReadOnlyList<Score> scores) =>
        scores.SelectMany(score => score.Rules).GroupBy(rule => rule.Rule).OrderBy(rule => rule.Key, StringComparer.Ordinal)
            .Select(rule => RuleScore.Sum(rule.Key, [.. rule], isSameTime: false) with { DeviceDays = scores.Sum(score => score.Total.DeviceDays) });

    private static JsonObject ToJson(RuleScore rule) => new()
    {
        ["rule"] = rule.Rule,
        ["due"] = rule.Due,
        ["found"] = rule.Found,
        ["fired"] = rule.Fired,
        ["right"] = rule.Right,
        ["undecided"] = rule.Undecided,
        ["recall"] = rule.Recall,
        ["precision"] = rule.Precision,
        ["delay_p50_ms"] = rule.Delay(0.5),
        ["delay_p95_ms"] = rule.Delay(0.95),
        ["false_alarms"] = rule.FalseAlarms,
        ["false_alarms_per_device_day"] = rule.FalseAlarmsPerDeviceDay,
        ["quiet"] = rule.Quiet,
        ["quiet_kept"] = rule.Quiet - rule.Disturbed,
    };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Share(double share) => share.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Seconds(long? ms) => ms is { } delay ? (delay / 1_000.0).ToString("0.0", CultureInfo.InvariantCulture) + " s" : "";
}
