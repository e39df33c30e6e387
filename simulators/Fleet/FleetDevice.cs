namespace Fengsui.Fleet;

/// <summary>One simulated device: its id on the wire and the metrics it reports, from the vocabulary.</summary>
public sealed record FleetDevice(string Name, IReadOnlyList<string> Metrics);
