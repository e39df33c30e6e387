namespace Fengsui.Api.Security.Idempotency;

/// <summary>What a key says of a request.</summary>
internal enum IdempotencyVerdict : byte
{
    First,

    /// <summary>The same request again.</summary>
    Repeat,

    InProgress,

    /// <summary>Another request under the same key.</summary>
    Reused,
}
