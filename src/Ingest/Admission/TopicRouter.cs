using System.Text;
using Fengsui.Ingest.Decoding;

namespace Fengsui.Ingest.Admission;

/// <summary>
/// Resolves topics: <c>telemetry/{device}</c>, and ThingsBoard's <c>v1/devices/me/telemetry</c> (the device is the
/// connection's user name, or else its client id) and <c>v1/gateway/telemetry</c>.
/// </summary>
internal sealed class TopicRouter(IDeviceResolver devices, string ownDevice)
{
    private readonly byte[] _ownDevice = Encoding.UTF8.GetBytes(ownDevice);

    private static ReadOnlySpan<byte> DevicePrefix => "telemetry/"u8;

    public TelemetryRoute Resolve(ReadOnlySpan<byte> topic)
    {
        if (topic.StartsWith(DevicePrefix))
        {
            var name = topic[DevicePrefix.Length..];
            return name.Contains((byte)'/') ? new TelemetryRoute(TelemetryKind.Other) : ToDevice(name);
        }

        if (topic.SequenceEqual("v1/devices/me/telemetry"u8))
        {
            return ToDevice(_ownDevice);
        }

        return new TelemetryRoute(topic.SequenceEqual("v1/gateway/telemetry"u8) ? TelemetryKind.Gateway : TelemetryKind.Other);
    }

    private TelemetryRoute ToDevice(ReadOnlySpan<byte> name)
    {
        var device = devices.Resolve(name, out var refused);
        return device is null
            ? new TelemetryRoute(TelemetryKind.RefusedDevice, Refused: refused)
            : new TelemetryRoute(TelemetryKind.Device, device);
    }
}
