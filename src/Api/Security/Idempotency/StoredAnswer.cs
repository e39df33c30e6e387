namespace Fengsui.Api.Security.Idempotency;

/// <summary>An answer as it was given.</summary>
internal sealed record StoredAnswer(int Status, string? ContentType, string? ETag, byte[] Body);
