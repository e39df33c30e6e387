using System.Text.Json;

namespace Fengsui.Api.OpenApi;

/// <summary>The JSON schemas of bodies and answers: files of this folder, built into the program.</summary>
internal static class Schemas
{
    private const string Folder = "schemas/";
    private const string Page = "Page";

    private static readonly Lazy<Dictionary<string, JsonElement>> Files = new(Read);

    /// <summary>Those that the operations name, and what these refer to, by name. A listing's page is made from its item.</summary>
    public static IEnumerable<KeyValuePair<string, JsonElement>> For(IEnumerable<Operation> operations)
    {
        var found = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var name in operations.SelectMany(NamesOf).Append("Problem"))
        {
            Add(found, name);
        }

        return found;
    }

    private static IEnumerable<string> NamesOf(Operation operation) =>
        operation.Answers.Select(answer => answer.Schema).Append(operation.Body?.Schema).Append(operation.Refusal).OfType<string>();

    private static void Add(SortedDictionary<string, JsonElement> found, string name)
    {
        if (found.ContainsKey(name))
        {
            return;
        }

        var schema = Files.Value.TryGetValue(name, out var known) ? known
            : name.EndsWith(Page, StringComparison.Ordinal) ? PageOf(name[..^Page.Length])
            : throw new InvalidOperationException($"there is no schema '{name}'");
        found.Add(name, schema);
        foreach (var reference in ReferencesOf(schema))
        {
            Add(found, reference);
        }
    }

    private static JsonElement PageOf(string item) => JsonDocument.Parse(
        $$"""
        {
          "type": "object", "description": "One page.", "required": ["items", "next"], "additionalProperties": false,
          "properties": {
            "items": {"type": "array", "items": {"$ref": "#/components/schemas/{{item}}" } },
            "next": {"type": ["string", "null"], "description": "The `cursor` of the page that follows; null at the end."}
          }
        }
        """).RootElement;

    private static IEnumerable<string> ReferencesOf(JsonElement schema) => schema.ValueKind switch
    {
        JsonValueKind.Object => schema.EnumerateObject().SelectMany(field =>
            field.Name == "$ref" && field.Value.ValueKind == JsonValueKind.String ? [field.Value.GetString()!.Split('/')[^1]] : ReferencesOf(field.Value)),
        JsonValueKind.Array => schema.EnumerateArray().SelectMany(ReferencesOf),
        _ => [],
    };

    private static Dictionary<string, JsonElement> Read()
    {
        var program = typeof(Schemas).Assembly;
        var schemas = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var file in program.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)))
        {
            using var text = program.GetManifestResourceStream(file)!;
            foreach (var schema in JsonDocument.Parse(text).RootElement.EnumerateObject())
            {
                schemas.Add(schema.Name, schema.Value);
            }
        }

        return schemas;
    }
}
