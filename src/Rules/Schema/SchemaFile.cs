using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fengsui.Rules.Schema;

/// <summary>
/// One kind of file as a JSON Schema. In draft-07: the YAML language server checks files by that draft and by no later one; the
/// words used here mean the same in draft 2020-12.
/// </summary>
internal sealed class SchemaFile(string title, SchemaMapping root, params SchemaMapping[] others)
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Every mapping of such a file, the root first.</summary>
    public IReadOnlyList<SchemaMapping> Mappings { get; } = [root, .. others];

    public string ToJson()
    {
        var document = new JsonObject { ["$schema"] = "http://json-schema.org/draft-07/schema#", ["title"] = title };
        foreach (var (name, value) in Of(root).ToList())
        {
            document[name] = value?.DeepClone();
        }

        document["definitions"] = new JsonObject(others.Select(mapping => KeyValuePair.Create<string, JsonNode?>(mapping.Name, Of(mapping))));
        return document.ToJsonString(Layout);
    }

    private static JsonObject Of(SchemaMapping mapping)
    {
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["description"] = mapping.Description,
            ["additionalProperties"] = false,
            ["properties"] = new JsonObject(mapping.Keys.Select(key => KeyValuePair.Create<string, JsonNode?>(key.Name, Described(key)))),
        };
        if (mapping.Keys.Any(key => key.IsRequired))
        {
            schema["required"] = Words(mapping.Keys.Where(key => key.IsRequired).Select(key => key.Name));
        }

        if (mapping.OneOf.Count > 0)
        {
            schema["anyOf"] = new JsonArray([.. mapping.OneOf.Select(keys => new JsonObject { ["required"] = Words(keys) })]);
        }

        return schema;
    }

    /// <summary>Beside a <c>$ref</c> draft-07 looks at nothing else, so the description goes around it.</summary>
    private static JsonObject Described(SchemaKey key)
    {
        var shape = key.Shape();
        var described = shape.ContainsKey("$ref") ? new JsonObject { ["allOf"] = new JsonArray(shape) } : shape;
        described["description"] = key.Description;
        return described;
    }

    private static JsonArray Words(IEnumerable<string> words) => [.. words.Select(word => (JsonNode)word)];
}
