namespace Fengsui.Modbus.Faults;

/// <summary>One fault of one slave, in ms after the start; <paramref name="ToMs"/> is not in it any more.</summary>
internal readonly record struct FarmFaultSpan(FarmFault Kind, long FromMs, long ToMs)
{
    /// <summary>How far along the fault is, 0 to 1000: up for the first part, down for the rest.</summary>
    public int Intensity(long ms)
    {
        var rise = Math.Max(1, (ToMs - FromMs) * 6 / 10);
        var into = ms - FromMs;
        return (int)(into <= rise ? into * 1_000 / rise : Math.Max(0, (ToMs - ms) * 1_000 / Math.Max(1, ToMs - FromMs - rise)));
    }
}
