using Fengsui.Api.Security;

namespace Fengsui.Api.Configuration.Sections;

/// <summary>A bearer key of the HTTP API, by its hash (<c>fengsui new-api-key</c> makes one). The name shows up in logs.</summary>
public sealed class ApiKeyEntry(string name, byte[] sha256)
{
    public string Name { get; } = name;

    /// <summary>SHA-256 of the key's UTF-8 bytes; a plain hash suffices since a key is 256 random bits.</summary>
    public byte[] Sha256 { get; } = sha256;

    /// <summary>A key without roles is from before there were any, and may do what it could then: everything.</summary>
    public Roles Roles { get; init; } = Roles.All;

    /// <summary>Whose key it is; several keys may be one person's.</summary>
    public string Person { get; init; } = name;

    /// <summary>From then on it opens nothing; null: it does not end.</summary>
    public DateTimeOffset? Expires { get; init; }
}
