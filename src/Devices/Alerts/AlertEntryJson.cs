using System.Text.Json;
using Fengsui.Rules.Alerts;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.Alerts;

/// <summary>What the JSON forms of transitions and events have in common.</summary>
internal static class AlertEntryJson
{
    /// <summary>Left out before the log has given one.</summary>
    public static void WriteVersion(Utf8JsonWriter json, AlertEntry entry)
    {
        if (entry.Version > 0)
        {
            json.WriteNumber("version", entry.Version);
        }
    }

    /// <summary>Each is left out when it says nothing.</summary>
    public static void WriteCommon(Utf8JsonWriter json, AlertEntry entry)
    {
        WriteText(json, "enterprise", entry.Enterprise);
        if (entry.IsShadow)
        {
            json.WriteBoolean("shadow", true);
        }

        WriteList(json, "audience", entry.Audience);
        if (entry.DueMs is { } due)
        {
            json.WriteString("due", AlertJson.Time(due));
            json.WriteNumber("due_ms", due);
        }

        if (entry.HeldBy != HoldReason.None)
        {
            json.WriteString("held_by", entry.HeldBy.Name());
        }

        WriteText(json, "group", entry.Group);
        if (entry.IsFirstOut)
        {
            json.WriteBoolean("first_out", true);
        }
    }

    public static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        if (text.Length > 0)
        {
            json.WriteString(name, text);
        }
    }

    public static void WriteList(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    public static void WriteMap(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, string> map)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in map.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    public static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? "";

    public static string TextOr(JsonElement json, string name, string otherwise) =>
        json.TryGetProperty(name, out var text) ? text.GetString() ?? "" : otherwise;

    /// <summary>0 in logs of before there were versions.</summary>
    public static int Version(JsonElement json) => json.TryGetProperty("version", out var version) ? version.GetInt32() : 0;

    public static bool Flag(JsonElement json, string name) => json.TryGetProperty(name, out var flag) && flag.GetBoolean();

    public static long? Number(JsonElement json, string name) => json.TryGetProperty(name, out var number) ? number.GetInt64() : null;

    public static Tier Tier(JsonElement json, string name) => TierNames.TryParse(Text(json, name), out var tier) ? tier : Rules.Model.Tier.None;

    public static HoldReason HeldBy(JsonElement json) =>
        json.TryGetProperty("held_by", out var reason) ? HoldReasonNames.Parse(reason.GetString() ?? "") : HoldReason.None;

    public static IReadOnlyList<string> Texts(JsonElement json, string name) =>
        json.TryGetProperty(name, out var texts) ? [.. texts.EnumerateArray().Select(text => text.GetString() ?? "")] : [];

    public static SortedDictionary<string, string> ReadMap(JsonElement json)
    {
        var map = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in json.EnumerateObject())
        {
            map[property.Name] = property.Value.GetString() ?? "";
        }

        return map;
    }
}
