using System.Net;
using Fengsui.Api.Configuration.Sections;
using Fengsui.Api.Security;
using Fengsui.Api.Security.Oidc;
using Fengsui.Rules;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Api.Configuration.Binding;

/// <summary>Binds <c>http.oidc</c>.</summary>
internal static class OidcBinder
{
    private const long MaxSkewMs = 300_000;
    private const long MaxTimeoutMs = 60_000;
    private const long MaxKeysForMs = 86_400_000;

    /// <summary>Null when there is none, or, with diagnostics, when it is not good.</summary>
    public static OidcSection? Bind(YamlMap map)
    {
        if (map.Map("oidc", "'http.oidc'") is not { } entry)
        {
            return null;
        }

        var issuer = Address(entry, "issuer", entry.RequiredString("issuer"));
        var audience = entry.RequiredString("audience");
        var jwks = Address(entry, "jwks_uri", entry.String("jwks_uri"));
        var section = new OidcSection
        {
            Issuer = entry.String("issuer") ?? "",
            Audience = audience ?? "",
            JwksUri = jwks,
            Algorithms = Algorithms(entry),
            RolesClaim = entry.String("roles_claim", "roles")!,
            RoleMap = RoleMap(entry),
            NameClaim = entry.String("name_claim", "preferred_username")!,
            ClockSkew = TimeSpan.FromMilliseconds(entry.DurationMs("clock_skew", 30_000, 0, MaxSkewMs)),
            Timeout = TimeSpan.FromMilliseconds(entry.DurationMs("timeout", 5_000, 100, MaxTimeoutMs)),
            KeysFor = TimeSpan.FromMilliseconds(entry.DurationMs("keys_for", 600_000, 1_000, MaxKeysForMs)),
        };
        entry.Finish();
        return issuer is null || audience is null ? null : section;
    }

    /// <summary>Keys that came in the clear could be anybody's.</summary>
    private static Uri? Address(YamlMap entry, string key, string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && (uri.Host == "localhost" || (IPAddress.TryParse(uri.Host, out var address) && IPAddress.IsLoopback(address))))))
        {
            return uri;
        }

        entry.Diagnostics.Error(entry.SpotOf(key), DiagnosticCodes.InvalidValue, $"'{key}' is '{text}'", "an https address, or an http one on loopback");
        return null;
    }

    private static IReadOnlyList<string> Algorithms(YamlMap entry)
    {
        if (!entry.Has("algorithms"))
        {
            return JwtSignature.Algorithms;
        }

        var names = entry.StringOrList("algorithms");
        foreach (var name in names.Where(name => !JwtSignature.Algorithms.Contains(name)))
        {
            entry.Diagnostics.Error(
                entry.SpotOf("algorithms"), DiagnosticCodes.InvalidValue, $"the algorithm '{name}' is not taken{NearMiss.Hint(name, JwtSignature.Algorithms)}", "of " + string.Join(", ", JwtSignature.Algorithms));
        }

        return names;
    }

    private static Dictionary<string, Roles> RoleMap(YamlMap entry)
    {
        var roles = new Dictionary<string, Roles>(StringComparer.Ordinal);
        if (entry.Map("roles", "'http.oidc.roles'") is not { } map)
        {
            return roles;
        }

        foreach (var word in map.Keys.Select(key => key.Text).ToArray())
        {
            roles[word] = RoleList.Read(map, word);
        }

        return roles;
    }
}
