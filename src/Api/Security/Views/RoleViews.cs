namespace Fengsui.Api.Security.Views;

/// <summary>The one table of who sees what.</summary>
public static class RoleViews
{
    private static readonly (Roles Role, DataClasses Sees)[] Table =
    [
        (Roles.Viewer, DataClasses.Safety),
        (Roles.Operator, DataClasses.Safety | DataClasses.Personal | DataClasses.Customs),
        (Roles.Engineer, DataClasses.Safety),
        (Roles.Safety, DataClasses.Safety | DataClasses.Personal),
        (Roles.Customs, DataClasses.Customs),
        (Roles.Admin, DataClasses.Safety | DataClasses.Personal | DataClasses.Customs),
    ];

    /// <summary>What each role sees, together; joint data with both authorities' roles alone.</summary>
    public static DataClasses Of(Roles roles)
    {
        var sees = (roles & Roles.Joint) == Roles.Joint ? DataClasses.Joint : DataClasses.None;
        foreach (var (role, more) in Table)
        {
            if ((roles & role) != 0)
                sees |= more;
        }

        return sees;
    }
}
