using Fengsui.Api.Security;

namespace Fengsui.Api.Configuration.Sections;

/// <summary>An outside issuer whose tokens are taken beside our own keys.</summary>
public sealed class OidcSection
{
    /// <summary>As it stands in <c>iss</c>, to the letter.</summary>
    public required string Issuer { get; init; }

    /// <summary>What must be in <c>aud</c>: a token for another service opens nothing here.</summary>
    public required string Audience { get; init; }

    /// <summary>Where its keys are; null: where its discovery document says.</summary>
    public Uri? JwksUri { get; init; }

    /// <summary>Algorithms that are taken; nothing else is, whatever a token or a key says.</summary>
    public IReadOnlyList<string> Algorithms { get; init; } = ["RS256", "ES256"];

    /// <summary>The claim with the roles, a path with dots: <c>realm_access.roles</c>.</summary>
    public string RolesClaim { get; init; } = "roles";

    /// <summary>Which of the claim's words is which role; without, those that have the names of our roles.</summary>
    public IReadOnlyDictionary<string, Roles> RoleMap { get; init; } = new Dictionary<string, Roles>();

    /// <summary>The claim that names the person in records.</summary>
    public string NameClaim { get; init; } = "preferred_username";

    /// <summary>How far the issuer's clock may be from ours.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Bound on fetching its keys.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long fetched keys are good for.</summary>
    public TimeSpan KeysFor { get; init; } = TimeSpan.FromMinutes(10);
}
