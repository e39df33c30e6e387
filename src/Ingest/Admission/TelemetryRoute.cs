using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Ingest.Payloads;
using Fengsui.Ingest.Sources;

namespace Fengsui.Ingest.Admission;

/// <summary>A topic, resolved.</summary>
/// <param name="Kind">Decides which of the others is set.</param>
/// <param name="Device">Of <see cref="TelemetryKind.Device"/>.</param>
/// <param name="Refused">Of <see cref="TelemetryKind.RefusedDevice"/>.</param>
/// <param name="Decoder">Of <see cref="TelemetryKind.Payload"/>.</param>
/// <param name="Report">Of <see cref="TelemetryKind.Payload"/>: counts its messages.</param>
internal readonly record struct TelemetryRoute(
    TelemetryKind Kind, Device? Device = null, RejectReason Refused = RejectReason.None, IPayloadDecoder? Decoder = null, SourceConnection? Report = null);
