using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NJsonSchema;

namespace Fengsui.Api.Tests.OpenApi;

/// <summary>The description of the API as a judge of answers.</summary>
internal sealed class Contract
{
    private readonly JsonObject _document;
    private readonly Dictionary<string, JsonSchema> _schemas = new(StringComparer.Ordinal);
    private readonly List<(Regex Path, JsonObject Item)> _paths = [];

    public Contract(byte[] document)
    {
        _document = JsonNode.Parse(document)!.AsObject();
        foreach (var (path, item) in _document["paths"]!.AsObject())
        {
            // A literal path wins over one with parameters.
            var pattern = new Regex("^" + Regex.Replace(path, @"\{\w+\}", "[^/]+") + "$");
            _paths.Insert(path.Contains('{', StringComparison.Ordinal) ? _paths.Count : 0, (pattern, item!.AsObject()));
        }
    }

    public JsonObject Document => _document;

    /// <summary>What is wrong with an answer; null when it is as described.</summary>
    public async Task<string?> FaultAsync(string method, string path, int status, string? media, string body)
    {
        var operation = _paths.FirstOrDefault(known => known.Path.IsMatch(path)).Item?[method.ToLowerInvariant()];
        if (operation is null)
        {
            return status is 404 or 405 ? null : "there is no such operation";
        }

        var responses = operation["responses"]!.AsObject();
        var response = responses[status.ToString(System.Globalization.CultureInfo.InvariantCulture)] ?? responses["default"];
        if (response is null)
        {
            return $"the status {status} is not described";
        }

        if (response["$ref"]?.GetValue<string>() is { } reference)
        {
            response = _document["components"]!["responses"]![reference.Split('/')[^1]];
        }

        var content = response!["content"]?.AsObject();
        if (content is null)
        {
            return body.Length == 0 ? null : "a body that is not described";
        }

        if (media is null || content[media] is not { } described)
        {
            return $"the media type {media} is not described";
        }

        return described["schema"]!["$ref"]?.GetValue<string>() is { } name ? await FaultAsync(name.Split('/')[^1], body) : null;
    }

    /// <summary>What is wrong with a JSON text by the schema of that name.</summary>
    public async Task<string?> FaultAsync(string name, string json)
    {
        if (!_schemas.TryGetValue(name, out var schema))
        {
            // The validator knows references within a document of schemas, not within one of OpenAPI.
            var root = _document["components"]!["schemas"]![name]!.DeepClone().AsObject();
            root["definitions"] = _document["components"]!["schemas"]!.DeepClone();
            schema = await JsonSchema.FromJsonAsync(root.ToJsonString().Replace("#/components/schemas/", "#/definitions/", StringComparison.Ordinal));
            _schemas.Add(name, schema);
        }

        var errors = schema.Validate(json);
        return errors.Count == 0 ? null : $"{name}: {string.Join("; ", errors.Select(error => error.ToString()))}";
    }
}
