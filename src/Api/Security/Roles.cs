namespace Fengsui.Api.Security;

/// <summary>What somebody is here for. A caller may have several; what each may do is in <see cref="RolePermissions"/>.</summary>
[Flags]
public enum Roles : ushort
{
    None = 0,

    /// <summary>Looks at dashboards.</summary>
    Viewer = 1,

    /// <summary>Brings readings in over HTTP, and nothing else.</summary>
    Gateway = 2,

    /// <summary>Works for the enterprise: acts on alerts, says what happens on site.</summary>
    Operator = 4,

    /// <summary>Writes rules.</summary>
    Engineer = 8,

    /// <summary>Safety officer.</summary>
    Safety = 16,

    /// <summary>Customs officer.</summary>
    Customs = 32,

    /// <summary>Verifies the audit log.</summary>
    Auditor = 64,

    /// <summary>May do everything but see what only the two authorities together may see.</summary>
    Admin = 128,

    /// <summary>What needs both authorities.</summary>
    Joint = Safety | Customs,

    /// <summary>Keys from before there were roles, and everybody on loopback while there are no keys.</summary>
    All = Viewer | Gateway | Operator | Engineer | Safety | Customs | Auditor | Admin,
}
