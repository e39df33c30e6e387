using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.Alerts;

/// <summary>
/// The JSON form of a transition, the same in the alert log, on MQTT and over SSE. The order of the fields is fixed
/// and numbers are written in their shortest exact form, so equal transitions are equal bytes.
/// </summary>
public static class AlertJson
{
    public static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(IBufferWriter<byte> output, AlertTransition alert)
    {
        using var json = new Utf8JsonWriter(output, WriterOptions);
        json.WriteStartObject();
        WriteFields(json, alert);
        json.WriteEndObject();
    }

    public static byte[] ToBytes(AlertTransition alert)
    {
        var output = new ArrayBufferWriter<byte>(512);
        Write(output, alert);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>All fields of <paramref name="alert"/> into an object that the caller has opened.</summary>
    public static void WriteFields(Utf8JsonWriter json, AlertTransition alert)
    {
        json.WriteString("id", alert.Id);
        json.WriteString("alert", alert.AlertId);
        json.WriteNumber("sequence", alert.Sequence);
        json.WriteString("state", alert.State.Name());
        json.WriteString("tier", alert.Tier.Name());
        json.WriteString("tier_zh", alert.Tier.ChineseName());
        json.WriteString("previous_tier", alert.PreviousTier.Name());
        json.WriteString("rule", alert.Rule);
        json.WriteNumber("rule_set", alert.RuleSetVersion);
        json.WriteString("device", alert.Device);
        json.WriteString("zone", alert.Zone);
        json.WriteString("time", Time(alert.EventTimeMs));
        json.WriteString("start", Time(alert.StartTimeMs));
        json.WriteNumber("time_ms", alert.EventTimeMs);
        json.WriteNumber("start_ms", alert.StartTimeMs);
        json.WriteNumber("received_ms", alert.ReceiveTimeMs);
        json.WriteNumber("position", alert.JournalPosition);
        json.WriteNumber("index", alert.JournalIndex);
        json.WriteString("reason", alert.Reason);
        if (alert.IsShadow)
        {
            json.WriteBoolean("shadow", true);
        }

        WriteValues(json, alert.Values);
        WriteMap(json, "labels", alert.Labels);
        WriteMap(json, "annotations", alert.Annotations);
    }

    public static AlertTransition Read(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        using var document = JsonDocument.ParseValue(ref reader);
        return Read(document.RootElement);
    }

    public static AlertTransition Read(JsonElement json) => new()
    {
        AlertId = Text(json, "alert"),
        Sequence = json.GetProperty("sequence").GetInt32(),
        State = AlertStateNames.Parse(Text(json, "state")),
        Tier = ParseTier(Text(json, "tier")),
        PreviousTier = ParseTier(Text(json, "previous_tier")),
        Rule = Text(json, "rule"),
        RuleSetVersion = json.GetProperty("rule_set").GetInt32(),
        Device = Text(json, "device"),
        Zone = Text(json, "zone"),
        EventTimeMs = json.GetProperty("time_ms").GetInt64(),
        StartTimeMs = json.GetProperty("start_ms").GetInt64(),
        ReceiveTimeMs = json.GetProperty("received_ms").GetInt64(),
        JournalPosition = json.GetProperty("position").GetInt64(),
        JournalIndex = json.GetProperty("index").GetInt32(),
        Reason = Text(json, "reason"),
        Values = [.. json.GetProperty("values").EnumerateObject().Select(
            value => KeyValuePair.Create(value.Name, ReadValue(value.Value)))],
        Labels = ReadMap(json.GetProperty("labels")),
        Annotations = ReadMap(json.GetProperty("annotations")),
        IsShadow = json.TryGetProperty("shadow", out var shadow) && shadow.GetBoolean(),
    };

    /// <summary>ISO 8601 in UTC with milliseconds; a time beyond what a calendar can name is given as its number.</summary>
    public static string Time(long ms) =>
        ms is >= -62_135_596_800_000 and <= 253_402_300_799_999
            ? DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
            : ms.ToString(CultureInfo.InvariantCulture);

    private static void WriteValues(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, double>> values)
    {
        json.WriteStartObject("values");
        foreach (var (metric, value) in values)
        {
            var isPosition = PositionMetric.Is(metric);
            if (isPosition ? GeoPosition.IsUnknown(value) : !double.IsFinite(value))
            {
                json.WriteNull(metric);
            }
            else if (isPosition)
            {
                var place = GeoPosition.Unpack(value);
                json.WriteStartObject(metric);
                json.WriteNumber("lat", place.Latitude);
                json.WriteNumber("lon", place.Longitude);
                json.WriteEndObject();
            }
            else
            {
                json.WriteNumber(metric, value);
            }
        }

        json.WriteEndObject();
    }

    private static void WriteMap(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, string> map)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in map.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? "";

    private static double ReadValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.Object when GeoPosition.TryCreate(value.GetProperty("lat").GetDouble(), value.GetProperty("lon").GetDouble(), out var place) => place.Pack(),
        _ => double.NaN,
    };

    private static Tier ParseTier(string name) => TierNames.TryParse(name, out var tier) ? tier : Tier.None;

    private static SortedDictionary<string, string> ReadMap(JsonElement json)
    {
        var map = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in json.EnumerateObject())
        {
            map[property.Name] = property.Value.GetString() ?? "";
        }

        return map;
    }
}
