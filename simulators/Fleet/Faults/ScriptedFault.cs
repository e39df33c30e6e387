namespace Fengsui.Fleet.Faults;

/// <summary>
/// A fault at a chosen time: <paramref name="Device"/> is the index in the fleet, times are seconds of event time after
/// the start. <paramref name="RepeatSeconds"/> of 0 means once.
/// </summary>
public readonly record struct ScriptedFault(int Device, FaultKind Kind, double FromSeconds, double ToSeconds, double RepeatSeconds = 0);
