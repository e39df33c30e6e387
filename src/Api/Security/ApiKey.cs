using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Fengsui.Api.Security;

/// <summary>Bearer keys of the HTTP API: 256 random bits shown once, of which only the SHA-256 is kept.</summary>
public static class ApiKey
{
    /// <summary>Marks a leaked key as ours to people and secret scanners.</summary>
    public const string Prefix = "fsk_";

    private const string HashScheme = "sha256:";
    private const int KeyBytes = 32;

    /// <summary>A longer bearer token is never one of ours; only its start is hashed.</summary>
    private const int MaxKeyChars = 256;

    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));

    public static byte[] Hash(ReadOnlySpan<char> key)
    {
        Span<byte> utf8 = stackalloc byte[Encoding.UTF8.GetMaxByteCount(Math.Min(key.Length, MaxKeyChars))];
        var length = Encoding.UTF8.GetBytes(key[..Math.Min(key.Length, MaxKeyChars)], utf8);
        return SHA256.HashData(utf8[..length]);
    }

    /// <summary>The form of the configuration file: <c>sha256:</c> and 64 hexadecimal digits.</summary>
    public static string Format(byte[] hash) => HashScheme + Convert.ToHexStringLower(hash);

    public static bool TryParseHash(string text, out byte[] hash)
    {
        hash = new byte[SHA256.HashSizeInBytes];
        return text.StartsWith(HashScheme, StringComparison.Ordinal)
            && text.Length == HashScheme.Length + (2 * hash.Length)
            && Convert.FromHexString(text.AsSpan(HashScheme.Length), hash, out _, out _) == System.Buffers.OperationStatus.Done;
    }
}
