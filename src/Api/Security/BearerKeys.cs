using System.Security.Cryptography;
using Fengsui.Api.Configuration.Sections;

namespace Fengsui.Api.Security;

/// <summary>The keys that open the HTTP API.</summary>
public sealed class BearerKeys(IReadOnlyList<ApiKeyEntry> keys)
{
    private const string Scheme = "Bearer ";

    public bool Any => keys.Count > 0;

    /// <summary>The key in an <c>Authorization</c> header, or null when it is none of ours.</summary>
    public ApiKeyEntry? Identify(string? authorization) =>
        authorization is not null && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? IdentifyKey(authorization.AsSpan(Scheme.Length))
            : null;

    /// <summary>A key that came otherwise; null when it is none of ours. Compares every key, in constant time; says nothing of its expiry.</summary>
    public ApiKeyEntry? IdentifyKey(ReadOnlySpan<char> given)
    {
        var hash = ApiKey.Hash(given.Trim());
        ApiKeyEntry? found = null;
        foreach (var key in keys)
        {
            if (CryptographicOperations.FixedTimeEquals(key.Sha256, hash))
                found = key;
        }

        return found;
    }
}
