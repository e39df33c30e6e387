using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Fengsui.Devices.Audit;

/// <summary>
/// The chain: SHA-256 over the 64 hexadecimal digits of the hash before and the bytes of the record without its hash. In text, so that
/// <c>sha256sum</c> verifies it.
/// </summary>
internal static class AuditHash
{
    public const int Chars = 64;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <summary>Stands before the first record.</summary>
    public static readonly string Zero = new('0', Chars);

    /// <param name="previous">64 lower-case hexadecimal digits.</param>
    public static string Next(string previous, ReadOnlySpan<byte> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> digits = stackalloc byte[Chars];
        Encoding.ASCII.GetBytes(previous, digits);
        hash.AppendData(digits);
        hash.AppendData(content);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return Convert.ToHexStringLower(digest);
    }

    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static bool IsHash(string? text) => text is { Length: Chars } && text.AsSpan().IndexOfAnyExcept(Digits) < 0;
}
