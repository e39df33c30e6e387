using System.Security.Cryptography;

namespace Fengsui.Api.Security.Oidc;

/// <summary>The signatures that are taken (RFC 7518): with the issuer's public keys only. A shared secret would make everybody who checks an issuer.</summary>
internal static class JwtSignature
{
    public static IReadOnlyList<string> Algorithms { get; } = ["RS256", "ES256"];

    /// <summary>False also when the key is not of the algorithm's kind: a token cannot choose how its key is used.</summary>
    public static bool IsRight(string algorithm, JsonWebKey key, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        if (key.Algorithm is { } meant && meant != algorithm)
        {
            return false;
        }

        try
        {
            return (algorithm, key.Rsa, key.Curve) switch
            {
                ("RS256", { } parameters, _) => VerifyRsa(parameters, signed, signature),
                ("ES256", _, { } parameters) => VerifyCurve(parameters, signed, signature),
                _ => false,
            };
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static bool VerifyRsa(RSAParameters parameters, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        using var rsa = RSA.Create(parameters);
        return rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private static bool VerifyCurve(ECParameters parameters, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        using var curve = ECDsa.Create(parameters);
        return curve.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }
}
