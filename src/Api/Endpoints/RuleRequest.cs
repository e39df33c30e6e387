using System.Text.Json;
using Fengsui.Rules;

namespace Fengsui.Api.Endpoints;

/// <summary>What a caller asks to be done to the rules: the JSON body of every request that changes them.</summary>
internal sealed record RuleRequest
{
    private const int MaxTextLength = 1_000;

    public IReadOnlyList<RuleFile> Files { get; private init; } = [];

    public bool HasFiles { get; private init; }

    /// <summary>Ids of rules; null when the request says <c>"all": true</c>.</summary>
    public IReadOnlyList<string>? Rules { get; private init; } = [];

    public string Author { get; private init; } = "";

    public string Comment { get; private init; } = "";

    public string Origin { get; private init; } = "";

    public int? BasedOn { get; init; }

    /// <summary>Whether live rules that are not among the files may end.</summary>
    public bool MayRemove { get; private init; }

    public int? Version { get; private init; }

    /// <summary>False with a sentence for the caller.</summary>
    public static async Task<(RuleRequest? Request, string Mistake)> ReadAsync(HttpRequest request)
    {
        // A browser sends JSON to another site only after asking, and this server never says yes.
        if (!request.HasJsonContentType())
        {
            return (null, "send a JSON object with Content-Type: application/json");
        }

        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, default, request.HttpContext.RequestAborted);
            return Read(document.RootElement);
        }
        catch (JsonException mistake)
        {
            return (null, $"the body is not JSON: {mistake.Message}");
        }
    }

    private static (RuleRequest? Request, string Mistake) Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return (null, "the body must be an object");
        }

        var read = new RuleRequest();
        foreach (var property in json.EnumerateObject())
        {
            if (Read(read, property.Name, property.Value) is not { } next)
            {
                return (null, $"'{property.Name}' is not known or not valid; known are files (a list of path and text), rules (a list of ids), all, remove, version, based_on (numbers), origin (api or shadow), author and comment (at most {MaxTextLength} characters)");
            }

            read = next;
        }

        return (read, "");
    }

    private static RuleRequest? Read(RuleRequest read, string name, JsonElement value) => (name, value.ValueKind) switch
    {
        ("files", JsonValueKind.Array) => FilesOf(value) is { } files ? read with { Files = files, HasFiles = true } : null,
        ("rules", JsonValueKind.Array) => TextsOf(value) is { } rules ? read with { Rules = rules } : null,
        ("all", JsonValueKind.True) => read with { Rules = null },
        ("remove", JsonValueKind.True or JsonValueKind.False) => read with { MayRemove = value.GetBoolean() },
        ("author", JsonValueKind.String) => Text(value) is { } author ? read with { Author = author } : null,
        ("comment", JsonValueKind.String) => Text(value) is { } comment ? read with { Comment = comment } : null,
        ("origin", JsonValueKind.String) => value.GetString() is "api" or "shadow" ? read with { Origin = value.GetString()! } : null,
        ("based_on", JsonValueKind.Number) => value.TryGetInt32(out var known) ? read with { BasedOn = known } : null,
        ("version", JsonValueKind.Number) => value.TryGetInt32(out var version) ? read with { Version = version } : null,
        _ => null,
    };

    private static string? Text(JsonElement value) => value.GetString() is { Length: <= MaxTextLength } text && !text.Any(char.IsControl) ? text : null;

    private static List<string>? TextsOf(JsonElement list)
    {
        var texts = list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!).ToList();
        return texts.Count == list.GetArrayLength() ? texts : null;
    }

    private static List<RuleFile>? FilesOf(JsonElement list)
    {
        var files = new List<RuleFile>();
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object
                || !item.TryGetProperty("path", out var path) || path.ValueKind != JsonValueKind.String || path.GetString() is not { Length: > 0 } name
                || !item.TryGetProperty("text", out var text) || text.ValueKind != JsonValueKind.String)
            {
                return null;
            }

            files.Add(new RuleFile(name, text.GetString()!));
        }

        return files.Select(file => file.Path).Distinct().Count() == files.Count ? files : null;
    }
}
