namespace Fengsui.Api.OpenApi;

/// <summary>One way in which a request goes well.</summary>
/// <param name="Schema">The name of a schema; null for an answer without body, or one that is text.</param>
/// <param name="Media">Its media type.</param>
public sealed record Answer(int Status, string Description, string? Schema, string? Media = Answer.Json)
{
    public const string Json = "application/json";

    public static Answer Ok(string schema, string description) => new(StatusCodes.Status200OK, description, schema);

    /// <summary>One page of a listing of such items.</summary>
    public static Answer PageOf(string item) => new(StatusCodes.Status200OK, "One page.", item + "Page");

    public static Answer Created(string schema, string description) => new(StatusCodes.Status201Created, description, schema);

    public static Answer NoContent(string description) => new(StatusCodes.Status204NoContent, description, null, null);

    public static Answer Text(string media, string description) => new(StatusCodes.Status200OK, description, null, media);
}
