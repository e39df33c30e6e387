using System.Text.Json;
using Fengsui.Devices.Alerts;
using Fengsui.Rules.Model;

namespace Fengsui.Api.Endpoints;

/// <summary>Pieces that several answers share.</summary>
internal static class JsonParts
{
    /// <summary>Metrics of this name hold packed positions, see <see cref="GeoPosition"/>.</summary>
    public static bool IsPosition(string metric) => PositionMetric.Is(metric);

    /// <summary>Who stands behind a source: <c>gateway-7</c> of <c>mqtt/gateway-7</c>; empty where the name does not say.</summary>
    public static string GatewayOf(string source) => source.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? source[(slash + 1)..] : "";

    /// <summary>A number; null for what is none; <c>{"lat","lon"}</c> for a position.</summary>
    public static void WriteValue(this Utf8JsonWriter json, string name, string metric, double value)
    {
        if (IsPosition(metric))
        {
            var position = GeoPosition.Unpack(value);
            json.WriteStartObject(name);
            json.WriteNumber("lat", position.Latitude);
            json.WriteNumber("lon", position.Longitude);
            json.WriteEndObject();
        }
        else
        {
            json.WriteFinite(name, value);
        }
    }

    public static void WriteFinite(this Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteNull(name);
    }

    /// <summary>A time twice: for people (<c>name</c>) and for programs (<c>name_ms</c>).</summary>
    public static void WriteTime(this Utf8JsonWriter json, string name, long? epochMs)
    {
        if (epochMs is { } ms)
        {
            json.WriteString(name, AlertJson.Time(ms));
            json.WriteNumber(name + "_ms", ms);
        }
        else
        {
            json.WriteNull(name);
            json.WriteNull(name + "_ms");
        }
    }

    public static void WriteMap(this Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, string>> map)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in map.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    public static void WriteStrings(this Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    public static string Word(this Quality quality) => quality switch
    {
        Quality.Good => "good",
        Quality.Uncertain => "uncertain",
        _ => "bad",
    };
}
