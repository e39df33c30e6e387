namespace Fengsui.Api.OpenApi;

/// <summary>What a request carries.</summary>
/// <param name="Schema">The name of a schema; null for what is text.</param>
public sealed record Body(string? Schema, string Media = Answer.Json, bool IsRequired = true);
