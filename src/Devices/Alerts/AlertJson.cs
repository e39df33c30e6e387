using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.Alerts;

/// <summary>
/// The JSON form of a line of the alert log, the same in the log, on MQTT and over SSE. The order of the fields is fixed
/// and numbers are written in their shortest exact form, so equal entries are equal bytes.
/// </summary>
public static class AlertJson
{
    public static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(IBufferWriter<byte> output, AlertEntry entry)
    {
        using var json = new Utf8JsonWriter(output, WriterOptions);
        json.WriteStartObject();
        WriteFields(json, entry);
        json.WriteEndObject();
    }

    public static byte[] ToBytes(AlertEntry entry)
    {
        var output = new ArrayBufferWriter<byte>(512);
        Write(output, entry);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>All fields of <paramref name="entry"/> into an object that the caller has opened.</summary>
    public static void WriteFields(Utf8JsonWriter json, AlertEntry entry)
    {
        if (entry is AlertEvent happened)
        {
            AlertEventJson.WriteFields(json, happened);
        }
        else
        {
            WriteFields(json, (AlertTransition)entry);
        }
    }

    /// <exception cref="FormatException">It has neither the form of a transition nor that of an event, as of other versions.</exception>
    public static AlertEntry Read(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        using var document = JsonDocument.ParseValue(ref reader);
        return Read(document.RootElement);
    }

    /// <inheritdoc cref="Read(ReadOnlySpan{byte})"/>
    public static AlertEntry Read(JsonElement json) => json.TryGetProperty("event", out _) ? AlertEventJson.Read(json) : ReadTransition(json);

    /// <summary>ISO 8601 in UTC with milliseconds; a time beyond what a calendar can name is given as its number.</summary>
    public static string Time(long ms) =>
        ms is >= -62_135_596_800_000 and <= 253_402_300_799_999
            ? DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
            : ms.ToString(CultureInfo.InvariantCulture);

    private static void WriteFields(Utf8JsonWriter json, AlertTransition alert)
    {
        json.WriteString("id", alert.Id);
        json.WriteString("alert", alert.AlertId);
        json.WriteNumber("sequence", alert.Sequence);
        if (alert.Episode != alert.AlertId || alert.EpisodeSequence != alert.Sequence)
        {
            json.WriteString("episode", alert.Episode);
            json.WriteNumber("episode_sequence", alert.EpisodeSequence);
        }

        AlertEntryJson.WriteVersion(json, alert);
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
        AlertEntryJson.WriteCommon(json, alert);
        WriteValues(json, alert.Values);
        AlertEntryJson.WriteMap(json, "labels", alert.Labels);
        AlertEntryJson.WriteMap(json, "annotations", alert.Annotations);
    }

    private static AlertTransition ReadTransition(JsonElement json)
    {
        var alert = AlertEntryJson.Text(json, "alert");
        var sequence = json.GetProperty("sequence").GetInt32();
        return new AlertTransition
        {
            AlertId = alert,
            Sequence = sequence,
            Episode = AlertEntryJson.TextOr(json, "episode", alert),
            EpisodeSequence = json.TryGetProperty("episode_sequence", out var episode) ? episode.GetInt32() : sequence,
            Version = AlertEntryJson.Version(json),
            State = AlertStateNames.Parse(AlertEntryJson.Text(json, "state")),
            Tier = AlertEntryJson.Tier(json, "tier"),
            PreviousTier = AlertEntryJson.Tier(json, "previous_tier"),
            Rule = AlertEntryJson.Text(json, "rule"),
            RuleSetVersion = json.GetProperty("rule_set").GetInt32(),
            Device = AlertEntryJson.Text(json, "device"),
            Zone = AlertEntryJson.Text(json, "zone"),
            EventTimeMs = json.GetProperty("time_ms").GetInt64(),
            StartTimeMs = json.GetProperty("start_ms").GetInt64(),
            ReceiveTimeMs = json.GetProperty("received_ms").GetInt64(),
            JournalPosition = json.GetProperty("position").GetInt64(),
            JournalIndex = json.GetProperty("index").GetInt32(),
            Reason = AlertEntryJson.Text(json, "reason"),
            Values = [.. json.GetProperty("values").EnumerateObject().Select(
                value => KeyValuePair.Create(value.Name, ReadValue(value.Value)))],
            Labels = AlertEntryJson.ReadMap(json.GetProperty("labels")),
            Annotations = AlertEntryJson.ReadMap(json.GetProperty("annotations")),
            IsShadow = AlertEntryJson.Flag(json, "shadow"),
            Enterprise = AlertEntryJson.TextOr(json, "enterprise", ""),
            Audience = AlertEntryJson.Texts(json, "audience"),
            DueMs = AlertEntryJson.Number(json, "due_ms"),
            HeldBy = AlertEntryJson.HeldBy(json),
            Group = AlertEntryJson.TextOr(json, "group", ""),
            IsFirstOut = AlertEntryJson.Flag(json, "first_out"),
        };
    }

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

    private static double ReadValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.Object when GeoPosition.TryCreate(value.GetProperty("lat").GetDouble(), value.GetProperty("lon").GetDouble(), out var place) => place.Pack(),
        _ => double.NaN,
    };
}
