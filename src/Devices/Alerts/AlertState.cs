namespace Fengsui.Devices.Alerts;

/// <summary>What a transition leads to.</summary>
public enum AlertState : byte
{
    Firing = 1,

    /// <summary>Still firing, at another tier.</summary>
    TierChanged = 2,

    Resolved = 3,
}
