using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;

namespace Fengsui.Ingest.Admission;

/// <summary>A topic, resolved once per connection.</summary>
internal sealed record TelemetryRoute(TelemetryKind Kind, Device? Device, RejectReason Refused)
{
    public static TelemetryRoute Other { get; } = new(TelemetryKind.Other, null, RejectReason.None);

    public static TelemetryRoute Gateway { get; } = new(TelemetryKind.Gateway, null, RejectReason.None);
}
