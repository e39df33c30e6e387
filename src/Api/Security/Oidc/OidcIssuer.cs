using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Fengsui.Api.Configuration.Sections;

namespace Fengsui.Api.Security.Oidc;

/// <summary>Takes bearer tokens of one outside issuer: JSON Web Tokens (RFC 7519, RFC 8725) that are signed, for us, and within their time.</summary>
internal sealed class OidcIssuer(OidcSection options, HttpClient http, TimeProvider time) : ITokenIssuer, IDisposable
{
    /// <summary>Longer tokens are refused before they are looked at; the request's headers have a bound of 16 KiB.</summary>
    private const int MaxChars = 16 << 10;

    private readonly IssuerKeys _keys = new(options, http, time);

    /// <summary>A client that follows no redirect: the keys come from where they are said to be, or not at all.</summary>
    public static HttpClient Client() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) });

    public void Dispose() => _keys.Dispose();

    public async ValueTask<Identity> IdentifyAsync(string token, CancellationToken cancellation)
    {
        var parts = token.Split('.');
        if (token.Length > MaxChars || parts.Length != 3 || !parts.All(part => part.Length > 0 && Base64Url.IsValid(part)))
        {
            return Identity.Wrong("neither a key of this server nor a token");
        }

        try
        {
            using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0]));
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
            return header.RootElement.ValueKind == JsonValueKind.Object && claims.RootElement.ValueKind == JsonValueKind.Object
                ? await CheckAsync(header.RootElement, claims.RootElement, parts, cancellation)
                : Identity.Wrong("a token whose parts are no objects");
        }
        catch (JsonException)
        {
            return Identity.Wrong("a token whose parts are no JSON");
        }
        catch (InvalidOperationException)
        {
            return Identity.Wrong("a token with a text that is none");
        }
    }

    private async ValueTask<Identity> CheckAsync(JsonElement header, JsonElement claims, string[] parts, CancellationToken cancellation)
    {
        var algorithm = TokenClaims.Text(header, "alg");
        if (algorithm is null || !options.Algorithms.Contains(algorithm))
        {
            return Identity.Wrong("a token signed with an algorithm that is not taken");
        }

        // What must be understood and is not; and what is no token for access.
        if (header.TryGetProperty("crit", out _) || TokenClaims.Text(header, "typ") is { } type && !IsTokenType(type))
        {
            return Identity.Wrong("a token of a kind that is not taken");
        }

        // Before the issuer is asked for anything.
        if (TokenClaims.Text(claims, "iss") != options.Issuer)
        {
            return Identity.Wrong("a token of another issuer");
        }

        if (await _keys.FindAsync(TokenClaims.Text(header, "kid"), cancellation) is not { } keys)
        {
            return Identity.Unverifiable("the issuer's keys cannot be fetched at present: " + _keys.LastFault);
        }

        var signed = Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}");
        var signature = Base64Url.DecodeFromChars(parts[2]);
        return keys.Any(key => JwtSignature.IsRight(algorithm, key, signed, signature)) ? CheckClaims(claims) : Identity.Wrong("a token that none of the issuer's keys has signed");
    }

    private Identity CheckClaims(JsonElement claims)
    {
        if (!TokenClaims.Texts(claims, "aud").Contains(options.Audience))
        {
            return Identity.Wrong("a token for another audience");
        }

        var now = time.GetUtcNow();
        if (TokenClaims.Time(claims, "exp") is not { } expires)
        {
            return Identity.Wrong("a token that never expires");
        }

        if (now >= expires + options.ClockSkew)
        {
            return Identity.Expired("a token that has expired");
        }

        if (now < (TokenClaims.Time(claims, "nbf") ?? now) - options.ClockSkew)
        {
            return Identity.Wrong("a token that is not valid yet");
        }

        if (TokenClaims.Text(claims, "sub") is not { Length: > 0 } subject)
        {
            return Identity.Wrong("a token that names nobody");
        }

        var name = TokenClaims.Text(claims, options.NameClaim) is { Length: > 0 } given ? given : subject;
        return Identity.Of(new Caller(Readable("oidc:" + name), $"{options.Issuer} {subject}", RolesOf(claims)) { Until = expires + options.ClockSkew });
    }

    private Roles RolesOf(JsonElement claims)
    {
        var roles = Roles.None;
        foreach (var word in TokenClaims.Texts(claims, options.RolesClaim))
        {
            if (options.RoleMap.Count > 0)
                roles |= options.RoleMap.GetValueOrDefault(word);
            else if (RoleNames.TryParse(word, out var role))
                roles |= role;
        }

        return roles;
    }

    private static bool IsTokenType(string type) => type.ToUpperInvariant() is "JWT" or "AT+JWT" or "APPLICATION/AT+JWT";

    /// <summary>Names go into logs and records: printable, and not endless.</summary>
    private static string Readable(string name) => new([.. name.Take(100).Select(letter => char.IsControl(letter) ? '?' : letter)]);
}
