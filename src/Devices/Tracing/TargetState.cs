namespace Fengsui.Devices.Tracing;

/// <summary>What became of a row at an InfluxDB target.</summary>
public enum TargetState
{
    /// <summary>The target's position has passed it: the server has it, unless the target's mapping leaves it out.</summary>
    Written,

    /// <summary>The target has not come to it.</summary>
    Waiting,

    /// <summary>Kept aside, with the reason.</summary>
    Rejected,

    /// <summary>From before the target began.</summary>
    NotWanted,

    /// <summary>Passed, but of bad quality or no number: line protocol has no form for it.</summary>
    LeftOut,
}
