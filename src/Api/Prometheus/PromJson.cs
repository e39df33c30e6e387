using System.Globalization;
using System.Text.Json;
using Fengsui.Api.Endpoints;

namespace Fengsui.Api.Prometheus;

/// <summary>Answers in the form of the Prometheus HTTP API.</summary>
internal static class PromJson
{
    public static Task OkAsync(HttpContext context, Action<Utf8JsonWriter> data) => Json.WriteAsync(context, StatusCodes.Status200OK, json =>
    {
        json.WriteStartObject();
        json.WriteString("status", "success");
        json.WritePropertyName("data");
        data(json);
        json.WriteEndObject();
    });

    public static Task ErrorAsync(HttpContext context, int status, string type, string message) => Json.WriteAsync(context, status, json =>
    {
        json.WriteStartObject();
        json.WriteString("status", "error");
        json.WriteString("errorType", type);
        json.WriteString("error", message);
        json.WriteEndObject();
    });

    public static void WriteMatrix(Utf8JsonWriter json, List<PromSeries> series, PromTimes times)
    {
        Begin(json, "matrix");
        foreach (var one in series)
        {
            json.WriteStartObject();
            WriteLabels(json, "metric", one.Labels);
            json.WriteStartArray("values");
            for (var i = 0; i < times.Count; i++)
            {
                if (!double.IsNaN(one.Values[i]))
                    WritePoint(json, times.At(i), one.Values[i]);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        End(json);
    }

    public static void WriteVector(Utf8JsonWriter json, List<PromSeries> series, long timeMs)
    {
        Begin(json, "vector");
        foreach (var one in series)
        {
            json.WriteStartObject();
            WriteLabels(json, "metric", one.Labels);
            json.WritePropertyName("value");
            WritePoint(json, timeMs, one.Values[0]);
            json.WriteEndObject();
        }

        End(json);
    }

    public static void WriteScalar(Utf8JsonWriter json, double value, long timeMs)
    {
        json.WriteStartObject();
        json.WriteString("resultType", "scalar");
        json.WritePropertyName("result");
        WritePoint(json, timeMs, value);
        json.WriteEndObject();
    }

    public static void WriteLabels(Utf8JsonWriter json, string? name, SortedDictionary<string, string> labels)
    {
        if (name is null)
            json.WriteStartObject();
        else
            json.WriteStartObject(name);
        foreach (var (label, value) in labels)
            json.WriteString(label, value);
        json.WriteEndObject();
    }

    private static void Begin(Utf8JsonWriter json, string type)
    {
        json.WriteStartObject();
        json.WriteString("resultType", type);
        json.WriteStartArray("result");
    }

    private static void End(Utf8JsonWriter json)
    {
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WritePoint(Utf8JsonWriter json, long timeMs, double value)
    {
        json.WriteStartArray();
        json.WriteNumberValue(timeMs / 1000m);
        json.WriteStringValue(double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value.ToString("R", CultureInfo.InvariantCulture));
        json.WriteEndArray();
    }
}
