namespace Fengsui.Modbus.Faults;

/// <summary>What can go wrong with a simulated slave, or with the gateway before it.</summary>
public enum FarmFault : byte
{
    None = 0,

    /// <summary>Temperature climbs above 35 °C and comes back.</summary>
    Heat,

    /// <summary>Combustible and toxic gas climb far above their limits and come back; oxygen falls.</summary>
    GasLeak,

    /// <summary>Exception 4: the device has failed.</summary>
    Failure,

    /// <summary>Exception 6: the device is busy.</summary>
    Busy,

    /// <summary>No answer at all.</summary>
    Silent,

    /// <summary>The answer comes when nobody waits for it any longer.</summary>
    Late,

    /// <summary>Another transaction id than that of the request.</summary>
    WrongTransaction,

    /// <summary>Another unit than the one that was asked.</summary>
    WrongUnit,

    /// <summary>Fewer registers than were asked for.</summary>
    WrongLength,

    /// <summary>Bytes that are no frame.</summary>
    Garbage,

    /// <summary>The connection is cut in the midst of an answer.</summary>
    Cut,

    /// <summary>The answer comes byte by byte.</summary>
    Dribble,
}
