using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Fengsui.Api.Tests.Security.Oidc;

/// <summary>An issuer on loopback: discovery document, keys that it changes at will, and tokens of every kind.</summary>
internal sealed class FakeIssuer : IAsyncDisposable
{
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly ECDsa _curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private WebApplication _app = null!;

    public string Address { get; private set; } = "";

    public string RsaKey { get; set; } = "rsa-1";

    public bool IsAway { get; set; }

    /// <summary>How often its keys were asked for.</summary>
    public int Asked { get; private set; }

    public static async Task<FakeIssuer> StartAsync()
    {
        var issuer = new FakeIssuer();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        issuer._app = builder.Build();
        issuer._app.Urls.Add("http://127.0.0.1:0");
        issuer._app.MapGet("/.well-known/openid-configuration", (RequestDelegate)(context => context.Response.WriteAsync($$"""{"issuer":"{{issuer.Address}}","jwks_uri":"{{issuer.Address}}/keys"}""")));
        issuer._app.MapGet("/keys", (RequestDelegate)issuer.KeysAsync);
        await issuer._app.StartAsync();
        issuer.Address = issuer._app.Urls.First();
        return issuer;
    }

    /// <summary>A token as its header and claims say, signed as the algorithm says.</summary>
    public string Token(Action<JsonObject>? change = null, string algorithm = "RS256", string? kid = null, Action<JsonObject>? changeHeader = null, DateTimeOffset? now = null)
    {
        var seconds = (now ?? DateTimeOffset.UtcNow).ToUnixTimeSeconds();
        var header = new JsonObject { ["alg"] = algorithm, ["typ"] = "JWT", ["kid"] = kid ?? (algorithm == "ES256" ? "ec-1" : RsaKey) };
        var claims = new JsonObject
        {
            ["iss"] = Address,
            ["aud"] = new JsonArray("other", "fengsui"),
            ["sub"] = "u-17",
            ["preferred_username"] = "zhang",
            ["nbf"] = seconds - 5,
            ["exp"] = seconds + 300,
            ["realm"] = new JsonObject { ["roles"] = new JsonArray("park-safety", "unknown") },
        };
        change?.Invoke(claims);
        changeHeader?.Invoke(header);
        var signed = $"{Part(header)}.{Part(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(Sign(algorithm, Encoding.ASCII.GetBytes(signed)))}";
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _rsa.Dispose();
        _curve.Dispose();
    }

    /// <summary>With a secret: the public key as it is published, which is what a verifier could be tricked to use.</summary>
    private byte[] Sign(string algorithm, byte[] signed) => algorithm switch
    {
        "RS256" => _rsa.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        "ES256" => _curve.SignData(signed, HashAlgorithmName.SHA256),
        "HS256" => HMACSHA256.HashData(_rsa.ExportSubjectPublicKeyInfo(), signed),
        _ => [0],
    };

    private static string Part(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));

    private Task KeysAsync(HttpContext context)
    {
        Asked++;
        if (IsAway)
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        }

        var rsa = _rsa.ExportParameters(false);
        var curve = _curve.ExportParameters(false);
        return context.Response.WriteAsync(JsonSerializer.Serialize(new
        {
            keys = new object[]
            {
                new { kty = "oct", kid = "secret", k = "AAAA" },
                new { kty = "RSA", kid = RsaKey, use = "sig", alg = "RS256", n = Base64Url.EncodeToString(rsa.Modulus), e = Base64Url.EncodeToString(rsa.Exponent) },
                new { kty = "EC", kid = "ec-1", crv = "P-256", x = Base64Url.EncodeToString(curve.Q.X), y = Base64Url.EncodeToString(curve.Q.Y) },
            },
        }));
    }
}
