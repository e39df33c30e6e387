namespace Fengsui.Api.Security;

/// <summary>The one table of who may do what.</summary>
public static class RolePermissions
{
    private const Roles People = Roles.Viewer | Roles.Operator | Roles.Engineer | Roles.Safety | Roles.Customs | Roles.Auditor | Roles.Admin;

    /// <summary>The roles of which one suffices. <see cref="Permission.Open"/> needs none, <see cref="Permission.Undeclared"/> has none.</summary>
    public static Roles RolesFor(Permission permission) => permission switch
    {
        Permission.ReadStatus => Roles.All,
        Permission.ReadTelemetry => Roles.Viewer | Roles.Operator | Roles.Engineer | Roles.Safety | Roles.Auditor | Roles.Admin,
        Permission.WriteTelemetry => Roles.Gateway | Roles.Operator | Roles.Engineer | Roles.Admin,
        Permission.ReadAlerts => People,
        Permission.ActOnAlerts => Roles.Operator | Roles.Safety | Roles.Customs | Roles.Admin,
        Permission.ResetAlerts => Roles.Operator | Roles.Safety | Roles.Admin,
        Permission.ReadSite => People,
        Permission.ReadPersons => Roles.Operator | Roles.Safety | Roles.Customs | Roles.Admin,
        Permission.ChangeSite => Roles.Operator | Roles.Safety | Roles.Admin,
        Permission.ReadRules => People,
        Permission.ChangeRules => Roles.Engineer | Roles.Admin,
        Permission.ReadDeadLetters => Roles.Operator | Roles.Engineer | Roles.Auditor | Roles.Admin,
        Permission.RepairDeadLetters => Roles.Operator | Roles.Engineer | Roles.Admin,
        Permission.ReadReceivers => Roles.Operator | Roles.Engineer | Roles.Auditor | Roles.Admin,
        Permission.ManageReceivers => Roles.Operator | Roles.Engineer | Roles.Admin,
        Permission.ReadAudit => Roles.Auditor | Roles.Admin,
        Permission.ReadAccess => Roles.Safety | Roles.Customs | Roles.Auditor | Roles.Admin,
        Permission.GrantAccess => Roles.Safety | Roles.Customs,
        _ => Roles.None,
    };

    public static bool Allows(Roles roles, Permission permission) => (roles & RolesFor(permission)) != Roles.None;

    /// <summary>The permission in answers and in the API's description: <c>read-alerts</c>.</summary>
    public static string Name(this Permission permission)
    {
        var text = permission.ToString();
        return string.Concat(text.Select((letter, at) => char.IsUpper(letter) ? (at == 0 ? "" : "-") + char.ToLowerInvariant(letter) : letter.ToString()));
    }
}
