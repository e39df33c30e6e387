using System.Text.Json;
using Fengsui.Devices.Engine;
using Fengsui.Devices.Records;
using Fengsui.Rules;
using Fengsui.Rules.Model;

namespace Fengsui.Api.Endpoints;

/// <summary><c>/rules</c>: the rule set in force, as it was read and as it was written.</summary>
internal static class RuleEndpoint
{
    public static async Task ShowAsync(HttpContext context, DeviceEngine engine)
    {
        if (await engine.RuleSets.CurrentAsync() is not { } record)
        {
            await Problem.WriteAsync(context, StatusCodes.Status404NotFound, "no rule set has been accepted yet");
            return;
        }

        context.Response.Headers.ETag = Freshness.TagOf(record.Version);
        await Json.WriteAsync(context, StatusCodes.Status200OK, json => Write(json, record));
    }

    private static void Write(Utf8JsonWriter json, RuleSetRecord record)
    {
        json.WriteStartObject();
        json.WriteNumber("version", record.Version);
        json.WriteString("author", record.Author);
        json.WriteString("origin", record.Origin);
        json.WriteString("comment", record.Comment);
        json.WriteTime("accepted", record.TimeMs);
        json.WriteStartArray("rules");
        foreach (var rule in RuleSet.Parse(record.Files).RuleSet?.Rules ?? [])
        {
            Write(json, rule);
        }

        json.WriteEndArray();
        json.WriteStartArray("files");
        foreach (var file in record.Files)
        {
            json.WriteStartObject();
            json.WriteString("path", file.Path);
            json.WriteString("text", file.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Rule rule)
    {
        json.WriteStartObject();
        json.WriteString("id", rule.Id);
        json.WriteBoolean("disabled", rule.Disabled);
        json.WriteBoolean("shadow", rule.Shadow);
        json.WriteStrings("types", rule.Selector.Types);
        json.WriteStrings("metrics", rule.Metrics);
        json.WriteMap("labels", rule.Labels);
        json.WriteStartArray("levels");
        foreach (var level in rule.Levels)
        {
            json.WriteStartObject();
            json.WriteString("tier", level.Tier.Name());
            json.WriteString("expr", level.Expression);
            json.WriteString("clear", level.ClearExpression);
            json.WriteNumber("for_ms", level.ForMs);
            json.WriteNumber("hold_ms", level.HoldMs);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("file", $"{rule.Spot.File}:{rule.Spot.Line}:{rule.Spot.Column}");
        json.WriteEndObject();
    }
}
