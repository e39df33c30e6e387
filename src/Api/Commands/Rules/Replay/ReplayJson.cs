using System.Text.Json;
using Fengsui.Api.Endpoints;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Replay;
using Fengsui.Rules.Model;

namespace Fengsui.Api.Commands.Rules.Replay;

/// <summary>The result of a back-test for programs.</summary>
internal static class ReplayJson
{
    public static void Write(Stream output, BackTestResult result)
    {
        using var json = new Utf8JsonWriter(output, AlertJson.WriterOptions with { Indented = true });
        json.WriteStartObject();
        json.WriteTime("from", result.FromMs);
        json.WriteTime("to", result.ToMs);
        json.WriteTime("warm_up_from", result.WarmUpFromMs);
        json.WriteNumber("rows", result.Rows);
        json.WriteNumber("readings", result.Readings);
        json.WriteNumber("elapsed_ms", Math.Round(result.Elapsed.TotalMilliseconds));
        json.WriteBoolean("compared", result.IsCompared);
        json.WriteBoolean("different", result.IsCompared && result.IsDifferent);
        json.WriteStrings("faults", result.Faults);
        json.WriteStartArray("versions");
        foreach (var (version, since) in result.Versions)
        {
            json.WriteStartObject();
            json.WriteNumber("version", version);
            json.WriteTime("since", since);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStrings("untried", result.Untried);
        json.WriteStartArray("rules");
        foreach (var rule in result.Rules)
        {
            WriteRule(json, result, rule);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, BackTestResult result, RuleComparison rule)
    {
        json.WriteStartObject();
        json.WriteString("rule", rule.Rule);
        json.WriteNumber("firing_ms", rule.Would.Sum(alert => alert.FiringMs(result.FromMs, result.ToMs)));
        if (result.IsCompared)
        {
            json.WriteString("difference", DifferenceWords.Summary(rule));
            json.WriteNumber("added", rule.Added);
            json.WriteNumber("removed", rule.Removed);
            json.WriteNumber("changed", rule.Changed);
            WriteAlerts(json, "did", rule.Did);
        }

        WriteAlerts(json, "would", rule.Would);
        if (result.IsCompared)
        {
            WriteDifferences(json, rule.Differences);
        }

        json.WriteEndObject();
    }

    private static void WriteDifferences(Utf8JsonWriter json, IReadOnlyList<AlertDifference> differences)
    {
        json.WriteStartArray("differences");
        foreach (var difference in differences)
        {
            json.WriteStartObject();
            json.WriteString("kind", difference.Did is null ? "added" : difference.Would is null ? "removed" : "changed");
            json.WriteString("device", difference.Subject);
            json.WriteString("did", difference.Did?.AlertId);
            json.WriteString("would", difference.Would?.AlertId);
            json.WriteNumber("later_ms", difference.LaterMs);
            json.WriteString("text", DifferenceWords.Of(difference));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteAlerts(Utf8JsonWriter json, string name, IReadOnlyList<AlertEpisode> alerts)
    {
        json.WriteStartArray(name);
        foreach (var alert in alerts)
        {
            json.WriteStartObject();
            json.WriteString("alert", alert.AlertId);
            json.WriteString("device", alert.Subject);
            json.WriteString("zone", alert.Zone);
            json.WriteString("tier", alert.HighestTier.Name());
            json.WriteBoolean("shadow", alert.IsShadow);
            json.WriteTime("fired", alert.FiredMs);
            json.WriteTime("ended", alert.EndedMs);
            json.WriteStartArray("transitions");
            foreach (var step in alert.Steps)
            {
                json.WriteStartObject();
                AlertJson.WriteFields(json, step);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
