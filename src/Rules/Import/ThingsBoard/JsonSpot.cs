using System.Text.Json;

namespace Fengsui.Rules.Import.ThingsBoard;

/// <summary>A value of a JSON file with its path. A key that is absent, or of another kind, reads as nothing.</summary>
internal readonly record struct JsonSpot(JsonElement Element, string Path)
{
    public bool IsObject => Element.ValueKind == JsonValueKind.Object;

    /// <summary>Absent, or <c>null</c>.</summary>
    public bool IsNothing => Element.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;

    public JsonSpot this[string key] =>
        new(IsObject && Element.TryGetProperty(key, out var value) ? value : default, Path.Length == 0 ? key : $"{Path}.{key}");

    public IEnumerable<JsonSpot> Items()
    {
        if (Element.ValueKind != JsonValueKind.Array)
        {
            yield break;
        }

        var index = 0;
        foreach (var item in Element.EnumerateArray())
        {
            yield return new JsonSpot(item, $"{Path}[{index++}]");
        }
    }

    public IEnumerable<(string Key, JsonSpot Value)> Entries()
    {
        if (!IsObject)
        {
            yield break;
        }

        foreach (var entry in Element.EnumerateObject())
        {
            yield return (entry.Name, new JsonSpot(entry.Value, $"{Path}.{entry.Name}"));
        }
    }

    public string? Text() => Element.ValueKind == JsonValueKind.String ? Element.GetString() : null;

    public double? Number() => Element.ValueKind == JsonValueKind.Number && Element.TryGetDouble(out var value) && double.IsFinite(value) ? value : null;

    public bool? Truth() => Element.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null };
}
