namespace Fengsui.Fleet.Faults;

/// <summary>What can go wrong with a simulated device. The names are those of the truth file.</summary>
public enum FaultKind : byte
{
    None = 0,

    /// <summary>Temperature climbs above 35 °C and comes back.</summary>
    Heat,

    /// <summary>Combustible and toxic gas climb far above their limits and come back; oxygen falls.</summary>
    GasLeak,

    /// <summary>The device is silent.</summary>
    DropOut,

    /// <summary>Temperature hops over 30 °C and back every other sample.</summary>
    Flapping,

    /// <summary>Event times are wrong by a constant of up to ten minutes.</summary>
    ClockSkew,

    /// <summary>Each message is sent twice.</summary>
    Duplicate,

    /// <summary>Neighbouring samples change places.</summary>
    Reorder,

    /// <summary>The payload is not what it should be: truncated, not JSON, not text.</summary>
    Garbage,
}
