namespace Fengsui.Api.Security;

/// <summary>The words for roles in configuration, tokens and answers.</summary>
public static class RoleNames
{
    private static readonly KeyValuePair<string, Roles>[] Words =
    [
        new("viewer", Roles.Viewer), new("gateway", Roles.Gateway), new("operator", Roles.Operator), new("engineer", Roles.Engineer),
        new("safety", Roles.Safety), new("customs", Roles.Customs), new("auditor", Roles.Auditor), new("admin", Roles.Admin),
    ];

    public static IReadOnlyList<string> All { get; } = [.. Words.Select(word => word.Key)];

    /// <summary>One role by its word.</summary>
    public static bool TryParse(string word, out Roles role)
    {
        role = Words.FirstOrDefault(known => known.Key == word).Value;
        return role != Roles.None;
    }

    /// <summary>The words of all roles that are set, in the order of <see cref="All"/>.</summary>
    public static IReadOnlyList<string> Of(Roles roles) => [.. Words.Where(word => (roles & word.Value) != 0).Select(word => word.Key)];
}
