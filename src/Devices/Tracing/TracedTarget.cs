using Fengsui.Devices.History.InfluxDb;

namespace Fengsui.Devices.Tracing;

/// <summary>A row at one InfluxDB target.</summary>
/// <param name="Position">Up to which the target has written, as its file says; that is at most some seconds old.</param>
/// <param name="Rejected">Lines of the row that were kept aside, each with its reason.</param>
public sealed record TracedTarget(string Name, TargetState State, long Position, IReadOnlyList<RejectedLine> Rejected);
