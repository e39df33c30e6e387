namespace Fengsui.Rules.Alerts;

/// <summary>Why an entry of the alert log is held back from receivers. The highest tier never is.</summary>
public enum HoldReason : byte
{
    None = 0,

    /// <summary>A person put the alert aside for a while.</summary>
    Shelved = 1,

    /// <summary>A graver alert explains it.</summary>
    Inhibited = 2,

    /// <summary>Another alert of the same zone and cause was told just before.</summary>
    Grouped = 3,

    /// <summary>It changes too often.</summary>
    Flapping = 4,

    /// <summary>Too many alerts of one operator and zone at once.</summary>
    Flood = 5,
}
