using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;

namespace Fengsui.Ingest.Admission;

/// <summary>A topic, resolved.</summary>
/// <param name="Kind">Decides which of the others is set.</param>
/// <param name="Device">Of <see cref="TelemetryKind.Device"/>.</param>
/// <param name="Refused">Of <see cref="TelemetryKind.RefusedDevice"/>.</param>
internal readonly record struct TelemetryRoute(
    TelemetryKind Kind, Device? Device = null, RejectReason Refused = RejectReason.None);
