namespace Fengsui.Api.OpenApi;

/// <summary>A parameter of the query or a header of the request.</summary>
/// <param name="Schema">Its JSON schema.</param>
public sealed record Parameter(string Name, string Description, string Schema, bool IsHeader = false, bool IsRequired = false)
{
    private const string AnyText = """{"type":"string"}""";

    public static Parameter Limit { get; } = new("limit", "Items in one answer.", """{"type":"integer","minimum":1,"maximum":1000,"default":100}""");

    public static Parameter Cursor { get; } = new("cursor", "The `next` of the answer before.", AnyText);

    public static Parameter IfMatch { get; } = new("If-Match", "The version that the command is about, in quotes as the `ETag` of the alert shows it.", AnyText, IsHeader: true, IsRequired: true);

    public static Parameter IfMatchState { get; } = new(
        "If-Match", "The `ETag` of what is changed, as GET shows it; 412 when somebody was faster. Needed (428) to replace what is there; `*` replaces whatever is there.", AnyText, IsHeader: true);

    public static Parameter IfNoneMatch { get; } = new("If-None-Match", "The `ETag` of an answer that the caller has: 304 when it is still the same.", AnyText, IsHeader: true);

    public static Parameter IdempotencyKey { get; } = new(
        "Idempotency-Key", "Up to 128 visible characters of your choice. The same key again gets the same answer and does nothing more.", """{"type":"string","minLength":1,"maxLength":128}""", IsHeader: true);

    public static Parameter Text(string name, string description) => new(name, description, AnyText);

    public static Parameter Flag(string name, string description) => new(name, description, """{"type":"boolean","default":false}""");

    public static Parameter Time(string name, string description) => new(name, description + " ISO 8601, or milliseconds since 1970.", AnyText);

    public static Parameter Choice(string name, string description, IEnumerable<string> words) =>
        new(name, description, $$"""{"type":"string","enum":[{{string.Join(',', words.Select(word => $"\"{word}\""))}}]}""");
}
