using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Fengsui.Api.Security.Oidc;

/// <summary>A public key of the issuer (RFC 7517): RSA of 2048 to 8192 bits, or on the curve P-256.</summary>
internal sealed record JsonWebKey(string? Id, string? Algorithm, RSAParameters? Rsa, ECParameters? Curve)
{
    /// <summary>Bound on the keys of a set: what an issuer has, with room.</summary>
    private const int MaxKeys = 64;

    private const int LeastModulusBytes = 256;
    private const int MostModulusBytes = 1024;
    private const int CoordinateBytes = 32;

    /// <summary>The keys of a set that can check signatures; others are passed over.</summary>
    /// <exception cref="JsonException">It is no key set.</exception>
    public static IReadOnlyList<JsonWebKey> ReadSet(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("keys", out var keys) || keys.ValueKind != JsonValueKind.Array)
        {
            throw new JsonException("there are no 'keys'");
        }

        return [.. keys.EnumerateArray().Take(MaxKeys).Select(Read).OfType<JsonWebKey>()];
    }

    private static JsonWebKey? Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || Text(json, "use") is not (null or "sig"))
        {
            return null;
        }

        var (id, algorithm) = (Text(json, "kid"), Text(json, "alg"));
        return Text(json, "kty") switch
        {
            "RSA" when Bytes(json, "n") is { Length: >= LeastModulusBytes and <= MostModulusBytes } n && Bytes(json, "e") is { Length: > 0 and <= 8 } e =>
                new JsonWebKey(id, algorithm, new RSAParameters { Modulus = n, Exponent = e }, null),
            "EC" when Text(json, "crv") == "P-256" && Bytes(json, "x") is { Length: CoordinateBytes } x && Bytes(json, "y") is { Length: CoordinateBytes } y =>
                new JsonWebKey(id, algorithm, null, new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y } }),
            _ => null,
        };
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static byte[]? Bytes(JsonElement json, string name) => Text(json, name) is { } text && Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
}
