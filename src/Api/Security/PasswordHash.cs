using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Fengsui.Api.Security;

/// <summary>
/// A salted PBKDF2-HMAC-SHA512 hash in the text form <c>pbkdf2-sha512$ITERATIONS$SALT$HASH</c>, salt (16 bytes) and hash
/// (32 bytes) in base64url without padding.
/// </summary>
public sealed class PasswordHash
{
    /// <summary>OWASP's figure for PBKDF2-HMAC-SHA512 (2023): about 0.1 s of one core.</summary>
    public const int DefaultIterations = 210_000;

    /// <summary>Fewer would make a stolen file worth guessing at.</summary>
    public const int MinIterations = 10_000;

    /// <summary>More would let one connection attempt occupy a core for seconds.</summary>
    public const int MaxIterations = 10_000_000;

    private const string Scheme = "pbkdf2-sha512";
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    private readonly int _iterations;
    private readonly byte[] _salt;
    private readonly byte[] _hash;

    private PasswordHash(int iterations, byte[] salt, byte[] hash)
    {
        _iterations = iterations;
        _salt = salt;
        _hash = hash;
    }

    public static PasswordHash Create(string password, int iterations = DefaultIterations)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return new PasswordHash(iterations, salt, Derive(Encoding.UTF8.GetBytes(password), salt, iterations));
    }

    /// <summary>False when the text is not such a hash, or its iterations are outside the bounds.</summary>
    public static bool TryParse(string text, out PasswordHash? hash)
    {
        hash = null;
        var parts = text.Split('$');
        if (parts is not [Scheme, var count, var salt, var derived]
            || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)
            || iterations is < MinIterations or > MaxIterations
            || !TryDecode(salt, SaltBytes, out var saltBytes)
            || !TryDecode(derived, HashBytes, out var hashBytes))
        {
            return false;
        }

        hash = new PasswordHash(iterations, saltBytes, hashBytes);
        return true;
    }

    /// <summary>Whether the password (UTF-8) is the one. Takes as long whatever the answer.</summary>
    public bool Verify(ReadOnlySpan<byte> password) =>
        CryptographicOperations.FixedTimeEquals(Derive(password, _salt, _iterations), _hash);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Scheme}${_iterations}${Base64Url.EncodeToString(_salt)}${Base64Url.EncodeToString(_hash)}");

    private static byte[] Derive(ReadOnlySpan<byte> password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA512, HashBytes);

    private static bool TryDecode(string text, int length, out byte[] bytes)
    {
        bytes = new byte[length];
        return Base64Url.IsValid(text, out var decoded)
            && decoded == length
            && Base64Url.TryDecodeFromChars(text, bytes, out _);
    }
}
