namespace Fengsui.Devices.History.Embedded.Arenas;

/// <summary>Outcome of appending one row to an arena.</summary>
internal enum ArenaAppend : byte
{
    Appended,

    /// <summary>No room left; nothing was written.</summary>
    Full,

    /// <summary>The row breaks a bound or its spans do not fit its shape; nothing was written.</summary>
    Refused,
}
