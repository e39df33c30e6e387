using System.Text.Json;

namespace Fengsui.Api.Security.Views;

/// <summary>Writes an object again without the fields that somebody may not see, and with their names under <c>withheld</c>.</summary>
internal sealed class FieldFilter(FieldSets sets)
{
    public const string Withheld = "withheld";

    /// <summary>Whether an object of this resource need not be looked into for somebody who sees so much.</summary>
    public bool IsWhole(string resource, DataClasses visible) => !sets.Concerns(resource, ~visible) && !sets.Concerns(resource, DataClasses.Joint);

    /// <summary>The kinds of data among what was shown.</summary>
    public DataClasses Write(Utf8JsonWriter json, string resource, DataClasses visible, JsonElement whole)
    {
        var shown = DataClasses.None;
        var withheld = new List<string>();
        json.WriteStartObject();
        foreach (var field in whole.EnumerateObject())
        {
            var kinds = sets.Of(resource, field.Name);
            if ((kinds & ~visible) != 0)
            {
                withheld.Add(field.Name);
            }
            else if (field.Value.ValueKind == JsonValueKind.Object)
            {
                shown |= kinds | WriteMap(json, resource, visible, field, withheld);
            }
            else
            {
                shown |= kinds;
                field.WriteTo(json);
            }
        }

        if (withheld.Count > 0)
        {
            json.WriteStartArray(Withheld);
            withheld.ForEach(json.WriteStringValue);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        return shown;
    }

    private DataClasses WriteMap(Utf8JsonWriter json, string resource, DataClasses visible, JsonProperty map, List<string> withheld)
    {
        var shown = DataClasses.None;
        json.WriteStartObject(map.Name);
        foreach (var entry in map.Value.EnumerateObject())
        {
            var kinds = sets.Of(resource, map.Name, entry.Name);
            if ((kinds & ~visible) != 0)
            {
                withheld.Add($"{map.Name}.{entry.Name}");
            }
            else
            {
                shown |= kinds;
                entry.WriteTo(json);
            }
        }

        json.WriteEndObject();
        return shown;
    }
}
