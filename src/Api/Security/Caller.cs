namespace Fengsui.Api.Security;

/// <summary>Who makes a request, and what they are here for.</summary>
/// <param name="Name">The key's name, or <c>oidc:</c> and the user's; null where nobody needs one.</param>
/// <param name="Person">Which human being it is: several keys may be one person's. Approval by a second person compares this.</param>
public sealed record Caller(string? Name, string Person, Roles Roles)
{
    private static readonly object Item = new();

    /// <summary>When the credentials end; what was opened with them ends then.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Everybody while no credentials are configured, which is possible on loopback only.</summary>
    public static Caller Local { get; } = new(null, "local", Roles.All);

    /// <summary>Nobody: what a request is that was never asked who it is.</summary>
    public static Caller Nobody { get; } = new(null, "", Roles.None);

    public bool Has(Roles role) => (Roles & role) == role;

    public bool May(Permission permission) => RolePermissions.Allows(Roles, permission);

    /// <summary>Stands in the record where nobody needs a key.</summary>
    public const string NoKey = "no key (loopback)";

    /// <summary>Who the record says did it.</summary>
    public string Author => Name ?? NoKey;

    /// <summary>In which capacities they act on alerts: the first stands in the record unless a disposal wants another one. A role that may not act is none.</summary>
    public IReadOnlyList<string> Capacities
    {
        get
        {
            var roles = RoleNames.Of(Roles & RolePermissions.RolesFor(Permission.ActOnAlerts));
            return Name is null ? ["no-key", .. roles] : [.. roles];
        }
    }

    public static Caller Of(HttpContext context) => context.Items.TryGetValue(Item, out var caller) ? (Caller)caller! : Nobody;

    public static void Set(HttpContext context, Caller caller) => context.Items[Item] = caller;
}
