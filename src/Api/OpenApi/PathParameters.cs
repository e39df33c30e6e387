using System.Text.Json;
using System.Text.RegularExpressions;

namespace Fengsui.Api.OpenApi;

/// <summary>The parameters of a path, described once for all routes.</summary>
internal static partial class PathParameters
{
    private static string Describe(string name) => name switch
    {
        "id" => "Its id.",
        "zone" => "The zone's name.",
        "name" => "Its name.",
        "version" => "The number of a version.",
        "other" => "The number of the version to compare with.",
        _ => $"The {name}.",
    };

    public static void Write(Utf8JsonWriter json, string path)
    {
        var names = Name().Matches(path);
        if (names.Count == 0)
        {
            return;
        }

        json.WriteStartArray("parameters");
        foreach (Match match in names)
        {
            json.WriteStartObject();
            json.WriteString("name", match.Groups[1].Value);
            json.WriteString("in", "path");
            json.WriteBoolean("required", true);
            json.WriteString("description", Describe(match.Groups[1].Value));
            json.WritePropertyName("schema");
            json.WriteRawValue("""{"type":"string"}""");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Name();
}
