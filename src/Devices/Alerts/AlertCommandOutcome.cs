namespace Fengsui.Devices.Alerts;

/// <summary>What became of a command.</summary>
public enum AlertCommandOutcome : byte
{
    /// <summary>Done; the entry is in the alert log.</summary>
    Accepted = 1,

    /// <summary>The alert has changed since the version that the command stated: look again.</summary>
    Conflict = 2,

    /// <summary>It may not be done, or not by this person, or not now; the reason says why.</summary>
    Refused = 3,

    /// <summary>There is no such alert, or it was closed so long ago that only the log has it.</summary>
    NotFound = 4,
}
