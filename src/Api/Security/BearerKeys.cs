using System.Security.Cryptography;
using Fengsui.Api.Configuration.Sections;

namespace Fengsui.Api.Security;

/// <summary>The keys that open the HTTP API. Without any, the API is open, which start-up allows on loopback only.</summary>
public sealed class BearerKeys(IReadOnlyList<ApiKeyEntry> keys)
{
    private const string Scheme = "Bearer ";

    public bool AreRequired => keys.Count > 0;

    /// <summary>The name of the key in an <c>Authorization</c> header, or null when it is none of ours. Compares every key, in constant time.</summary>
    public string? Identify(string? authorization)
    {
        if (authorization is null || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return IdentifyKey(authorization.AsSpan(Scheme.Length));
    }

    /// <summary>The name of a key that came otherwise; null when it is none of ours.</summary>
    public string? IdentifyKey(ReadOnlySpan<char> given)
    {
        var hash = ApiKey.Hash(given.Trim());
        string? name = null;
        foreach (var key in keys)
        {
            if (CryptographicOperations.FixedTimeEquals(key.Sha256, hash))
                name = key.Name;
        }

        return name;
    }
}
