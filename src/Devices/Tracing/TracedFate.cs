namespace Fengsui.Devices.Tracing;

/// <summary>What the device's actor made of a row.</summary>
public enum TracedFate
{
    /// <summary>New when it came, and none of its device was newer.</summary>
    InTime,

    /// <summary>Older than the newest row of its device when it came.</summary>
    Late,

    /// <summary>Seen before, and so neither stored nor sent on.</summary>
    Repeat,

    /// <summary>The row from which the device's clock counts as set back: older than the newest one, and not late.</summary>
    ClockSetBack,
}
