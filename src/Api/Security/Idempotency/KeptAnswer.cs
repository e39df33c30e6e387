namespace Fengsui.Api.Security.Idempotency;

/// <summary>An answer with the request that it was given to.</summary>
/// <param name="Key">Of the caller: person and key.</param>
/// <param name="Fingerprint">SHA-256 of the request.</param>
internal sealed record KeptAnswer(string Key, byte[] Fingerprint, DateTimeOffset Began, StoredAnswer Answer);
