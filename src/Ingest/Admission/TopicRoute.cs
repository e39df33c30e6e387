using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;

namespace Fengsui.Ingest.Admission;

/// <summary>A topic, resolved.</summary>
/// <param name="Kind">Decides which of the others is set.</param>
/// <param name="Device">Of <see cref="TopicKind.Device"/>.</param>
/// <param name="Refused">Of <see cref="TopicKind.RefusedDevice"/>.</param>
internal readonly record struct TopicRoute(
    TopicKind Kind, Device? Device = null, RejectReason Refused = RejectReason.None);
