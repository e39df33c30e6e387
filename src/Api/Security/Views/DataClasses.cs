namespace Fengsui.Api.Security.Views;

/// <summary>Kinds of data that not everybody sees. Which fields are of which kind is in <see cref="FieldSets"/>; what is of none is for all who may ask.</summary>
[Flags]
public enum DataClasses : byte
{
    None = 0,

    /// <summary>What sensors measured, and texts that say it.</summary>
    Safety = 1,

    /// <summary>Who is where.</summary>
    Personal = 2,

    /// <summary>What customs keeps account of.</summary>
    Customs = 4,

    /// <summary>What needs both authorities, or the approval of the other one; each access is put on record.</summary>
    Joint = 8,

    All = Safety | Personal | Customs | Joint,
}
