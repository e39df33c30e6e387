using System.Text.Json;
using Fengsui.Api.Endpoints;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Replay;
using Fengsui.Devices.RuleSets;
using Fengsui.Rules;
using Fengsui.Rules.Model;

namespace Fengsui.Api.Commands.Rules.Explain;

/// <summary>An explanation for programs; the API gives the same.</summary>
internal static class ExplainJson
{
    public static void Write(Utf8JsonWriter json, Explanation explanation)
    {
        json.WriteStartObject();
        json.WriteString("alert", explanation.Logged[0].AlertId);
        json.WriteBoolean("confirmed", explanation.IsConfirmed);
        json.WriteStrings("faults", explanation.Faults);
        json.WriteStrings("why", new WhySentences(explanation, WhyPhrases.English).All());
        WriteRule(json, explanation.Rule);
        json.WriteStartObject("rule_set");
        VersionJson.WriteFields(json, explanation.Version);
        json.WriteEndObject();
        WriteSteps(json, explanation);
        WriteReadings(json, explanation);
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, Rule rule)
    {
        json.WriteStartObject("rule");
        json.WriteString("id", rule.Id);
        json.WriteString("file", $"{rule.Spot.File}:{rule.Spot.Line}:{rule.Spot.Column}");
        json.WriteStrings("inputs", rule.Inputs);
        json.WriteStrings("units", rule.InputUnits);
        json.WriteStartArray("levels");
        foreach (var level in rule.Levels)
        {
            json.WriteStartObject();
            json.WriteString("tier", level.Tier.Name());
            json.WriteString("expr", level.Expression);
            json.WriteString("clear", level.ClearExpression);
            json.WriteNumber("for_ms", level.ForMs);
            json.WriteNumber("max_gap_ms", level.MaxGapMs);
            json.WriteNumber("hold_ms", level.HoldMs);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteSteps(Utf8JsonWriter json, Explanation explanation)
    {
        json.WriteStartArray("steps");
        foreach (var step in explanation.Steps)
        {
            json.WriteStartObject();
            json.WriteString("step", step.Alert?.State.Name() ?? (step.Kind == TransitionKind.Pending ? "pending" : "cancelled"));
            json.WriteString("id", step.Alert?.Id);
            json.WriteString("tier", (step.Alert?.Tier ?? Tier.None).Name());
            json.WriteTime("time", step.EventTimeMs);
            json.WriteTime("received", step.ReceiveTimeMs);
            json.WriteNumber("position", step.JournalPosition);
            json.WriteNumber("index", step.JournalIndex);
            json.WriteString("source", explanation.CauseOf(step)?.Source);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteReadings(Utf8JsonWriter json, Explanation explanation)
    {
        json.WriteStartArray("readings");
        foreach (var reading in explanation.Readings)
        {
            json.WriteStartObject();
            json.WriteTime("time", reading.EventMs);
            json.WriteTime("received", reading.ReceiveMs);
            json.WriteNumber("position", reading.Position);
            json.WriteNumber("index", reading.Index);
            json.WriteString("source", reading.Source);
            json.WriteStartObject("values");
            for (var i = 0; i < reading.Values.Count; i++)
            {
                json.WriteValue(explanation.Rule.Inputs[i], explanation.Rule.Inputs[i], reading.Values[i]);
            }

            json.WriteEndObject();
            json.WriteStartArray("levels");
            foreach (var level in reading.Levels)
            {
                if (level == Truth.Unknown)
                    json.WriteNullValue();
                else
                    json.WriteBooleanValue(level == Truth.True);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
