using System.Text.Json;
using Fengsui.Devices.History.Embedded;

namespace Fengsui.Api.Endpoints;

/// <summary>Readings and steps as JSON. <c>next</c> is the <c>from</c> of the answer that continues, or null.</summary>
internal static class ReadingsJson
{
    public static Task WriteAsync(HttpContext context, string device, ReadingsQuery query, List<HistoryReading> readings, long? next) =>
        Json.WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            Begin(json, device, query, next);
            json.WriteStartArray("readings");
            foreach (var reading in readings)
            {
                json.WriteStartObject();
                json.WriteTime("time", reading.EventTimeMs);
                json.WriteValue("value", query.Metric, reading.Value);
                json.WriteString("quality", reading.Quality.Word());
                json.WriteEndObject();
            }

            End(json);
        });

    public static Task WriteAsync(HttpContext context, string device, ReadingsQuery query, List<HistoryStep> steps, long? next) =>
        Json.WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            Begin(json, device, query, next);
            json.WriteNumber("step_ms", query.StepMs!.Value);
            json.WriteStartArray("steps");
            foreach (var step in steps)
            {
                json.WriteStartObject();
                json.WriteTime("time", step.StartMs);
                json.WriteNumber("count", step.Count);
                json.WriteNumber("unusable", step.Unusable);
                json.WriteFinite("min", step.Min);
                json.WriteFinite("max", step.Max);
                json.WriteFinite("mean", step.Mean);
                json.WriteFinite("last", step.Last);
                json.WriteFinite("time_weighted_mean", step.TimeWeightedMean);
                json.WriteEndObject();
            }

            End(json);
        });

    private static void Begin(Utf8JsonWriter json, string device, ReadingsQuery query, long? next)
    {
        json.WriteStartObject();
        json.WriteString("device", device);
        json.WriteString("metric", query.Metric);
        json.WriteTime("from", query.FromMs);
        json.WriteTime("to", query.ToMs);
        json.WriteTime("next", next);
    }

    private static void End(Utf8JsonWriter json)
    {
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
