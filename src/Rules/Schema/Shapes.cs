using System.Text.Json.Nodes;
using Fengsui.Rules.Model;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Schema;

/// <summary>Schemas of values. A text may be written without quotes, where YAML makes a number or a truth of it: the reader takes it as written.</summary>
internal static class Shapes
{
    /// <summary>Descending units, each once; <c>0</c> needs none. As <see cref="DurationText"/> reads it.</summary>
    private const string DurationPattern = "^(0|(?=[0-9])([0-9]+d)?([0-9]+h)?([0-9]+m(?!s))?([0-9]+s)?([0-9]+ms)?)$";

    public static JsonObject Text() => new() { ["type"] = Types("string", "number", "boolean") };

    /// <summary>A name that ids are made of.</summary>
    public static JsonObject Name() => new() { ["type"] = Types("string", "number"), ["minLength"] = 1, ["maxLength"] = 128, ["pattern"] = "^[^/]*$" };

    /// <summary>A condition; <c>true</c> and <c>false</c> are conditions too.</summary>
    public static JsonObject Expression() => new() { ["type"] = Types("string", "boolean"), ["minLength"] = 1 };

    public static JsonObject Duration() => new()
    {
        ["type"] = Types("string", "integer"),
        ["pattern"] = DurationPattern,
        ["minimum"] = 0,
        ["maximum"] = 0,
        ["examples"] = new JsonArray("100ms", "30s", "5m", "1h30m", "2d"),
    };

    public static JsonObject Truth() => new() { ["type"] = Types("boolean", "string"), ["enum"] = new JsonArray(true, false, "true", "false") };

    public static JsonObject Number() => new() { ["type"] = "number" };

    public static JsonObject Quantity() => new() { ["type"] = "number", ["minimum"] = 0 };

    public static JsonObject Tier() => Choice([.. TierNames.All]);

    public static JsonObject Choice(params string[] words) => new() { ["type"] = "string", ["enum"] = new JsonArray([.. words.Select(word => (JsonNode)word)]) };

    /// <summary>A day and time with its offset.</summary>
    public static JsonObject Time() => new() { ["type"] = "string", ["pattern"] = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})$" };

    public static JsonObject List(JsonObject items) => new() { ["type"] = "array", ["items"] = items };

    public static JsonObject OneOrMore(JsonObject item) => new() { ["anyOf"] = new JsonArray(item, List((JsonObject)item.DeepClone())) };

    public static JsonObject Map(JsonObject values) => new() { ["type"] = "object", ["additionalProperties"] = values };

    public static JsonObject Of(SchemaMapping mapping) => Of(mapping.Name);

    public static JsonObject Of(string definition) => new() { ["$ref"] = "#/definitions/" + definition };

    private static JsonArray Types(params string[] names) => [.. names.Select(name => (JsonNode)name)];
}
