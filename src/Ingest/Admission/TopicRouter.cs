using System.Text;
using Fengsui.Devices.Records;
using Fengsui.Ingest.Decoding;

namespace Fengsui.Ingest.Admission;

/// <summary>
/// Resolves topics: <c>telemetry/{device}</c>, and ThingsBoard's <c>v1/devices/me/telemetry</c> (the device is the
/// connection's user name, or else its client id) and <c>v1/gateway/telemetry</c>.
/// </summary>
internal sealed class TopicRouter(IDeviceResolver devices, string ownDevice)
{
    private const string Prefix = "telemetry/";

    public TelemetryRoute Resolve(ReadOnlySpan<byte> topic)
    {
        if (topic.StartsWith("telemetry/"u8))
        {
            var name = Encoding.UTF8.GetString(topic[Prefix.Length..]);
            return name.Contains('/', StringComparison.Ordinal) ? TelemetryRoute.Other : ToDevice(name);
        }

        if (topic.SequenceEqual("v1/devices/me/telemetry"u8))
        {
            return ToDevice(ownDevice);
        }

        return topic.SequenceEqual("v1/gateway/telemetry"u8) ? TelemetryRoute.Gateway : TelemetryRoute.Other;
    }

    private TelemetryRoute ToDevice(string name)
    {
        var device = devices.Resolve(name, out var refused);
        return device is null
            ? new TelemetryRoute(TelemetryKind.RefusedDevice, null, refused)
            : new TelemetryRoute(TelemetryKind.Device, device, RejectReason.None);
    }
}
