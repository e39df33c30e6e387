using System.Globalization;
using System.Security.Cryptography;

namespace Fengsui.Ingest.Mqtt.Security;

/// <summary>
/// A PBKDF2-HMAC-SHA256 hash, written <c>pbkdf2-sha256$iterations$salt$hash</c> with salt and hash in base64. Comparison takes constant time.
/// </summary>
public sealed class PasswordHash
{
    /// <summary>OWASP's figure for PBKDF2-HMAC-SHA256 (2023).</summary>
    public const int DefaultIterations = 600_000;

    private const string Scheme = "pbkdf2-sha256";
    private const int SaltBytes = 16, HashBytes = 32, MaxIterations = 10_000_000;

    private readonly int _iterations;
    private readonly byte[] _salt;
    private readonly byte[] _hash;

    private PasswordHash(int iterations, byte[] salt, byte[] hash) => (_iterations, _salt, _hash) = (iterations, salt, hash);

    public static PasswordHash Create(ReadOnlySpan<byte> password, int iterations = DefaultIterations)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return new PasswordHash(iterations, salt, Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA256, HashBytes));
    }

    public static bool TryParse(string text, out PasswordHash? hash)
    {
        hash = null;
        var parts = text.Split('$');
        if (parts.Length != 4 || parts[0] != Scheme) return false;
        if (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var iterations) || iterations is < 1 or > MaxIterations) return false;
        var salt = new byte[parts[2].Length];
        var value = new byte[parts[3].Length];
        if (!Convert.TryFromBase64String(parts[2], salt, out var saltLength) || !Convert.TryFromBase64String(parts[3], value, out var length)) return false;
        if (saltLength < 8 || length < 16) return false;
        hash = new PasswordHash(iterations, salt[..saltLength], value[..length]);
        return true;
    }

    /// <summary>Takes as long as hashing does (some 100 ms with the default): never call it on a read path.</summary>
    public bool Verify(ReadOnlySpan<byte> password)
    {
        var candidate = Rfc2898DeriveBytes.Pbkdf2(password, _salt, _iterations, HashAlgorithmName.SHA256, _hash.Length);
        return CryptographicOperations.FixedTimeEquals(candidate, _hash);
    }

    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"{Scheme}${_iterations}${Convert.ToBase64String(_salt)}${Convert.ToBase64String(_hash)}");
}
