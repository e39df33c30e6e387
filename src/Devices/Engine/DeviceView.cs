using Fengsui.Devices.Actors;

namespace Fengsui.Devices.Engine;

/// <summary>One device as its actor sees it now.</summary>
/// <param name="WatermarkMs">Newest event time, ms since 1970 UTC; null before the first reading.</param>
/// <param name="LastReceiveMs">Journal time of the newest message.</param>
/// <param name="SkewMs">Device clock minus journal clock, smoothed, in ms.</param>
public sealed record DeviceView(
    string Id,
    string Type,
    string Zone,
    IReadOnlyDictionary<string, string> Labels,
    long? WatermarkMs,
    long? LastReceiveMs,
    double? SkewMs,
    long Applied,
    long Late,
    long Duplicates,
    int ClockSteps,
    Quarantine? Quarantine,
    IReadOnlyList<LatestValue> Latest);
