namespace Fengsui.Api.Configuration.Sections;

/// <summary>A bearer key of the HTTP API, by its hash (<c>fengsui new-api-key</c> makes one). The name shows up in logs.</summary>
public sealed class ApiKeyEntry(string name, byte[] sha256)
{
    public string Name { get; } = name;

    /// <summary>SHA-256 of the key's UTF-8 bytes; a plain hash suffices since a key is 256 random bits.</summary>
    public byte[] Sha256 { get; } = sha256;
}
