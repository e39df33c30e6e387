using System.Text;
using Fengsui.Ingest.Decoding;
using Fengsui.Ingest.Payloads;

namespace Fengsui.Ingest.Admission;

/// <summary>
/// Resolves topics: <c>telemetry/{device}</c>, and ThingsBoard's <c>v1/devices/me/telemetry</c> (the device is the
/// connection's user name, or else its client id) and <c>v1/gateway/telemetry</c>; then the
/// topics that the configuration gives a form to.
/// </summary>
internal sealed class TopicRouter(IDeviceResolver devices, PayloadRoutes payloads, string ownDevice)
{
    private readonly Dictionary<PayloadRoute, IPayloadDecoder> _decoders = [];
    private readonly byte[] _ownDevice = Encoding.UTF8.GetBytes(ownDevice);

    private static ReadOnlySpan<byte> DevicePrefix => "telemetry/"u8;

    /// <summary>Lets go of decoders whose routes are gone.</summary>
    public void Forget()
    {
        foreach (var gone in _decoders.Keys.Where(route => !payloads.Contains(route)).ToList())
        {
            _decoders.Remove(gone);
        }
    }

    public TelemetryRoute Resolve(ReadOnlySpan<byte> topic)
    {
        if (topic.StartsWith(DevicePrefix))
        {
            var name = topic[DevicePrefix.Length..];
            return name.Contains((byte)'/') ? ToPayload(topic) : ToDevice(name);
        }

        if (topic.SequenceEqual("v1/devices/me/telemetry"u8))
        {
            return ToDevice(_ownDevice);
        }

        return topic.SequenceEqual("v1/gateway/telemetry"u8) ? new TelemetryRoute(TelemetryKind.Gateway) : ToPayload(topic);
    }

    private TelemetryRoute ToPayload(ReadOnlySpan<byte> topic)
    {
        if (payloads.Find(topic) is not { } route)
        {
            return new TelemetryRoute(TelemetryKind.Other);
        }

        if (!_decoders.TryGetValue(route, out var decoder))
        {
            _decoders.Add(route, decoder = route.Open());
        }

        return new TelemetryRoute(TelemetryKind.Payload, Decoder: decoder, Report: route.Report);
    }

    private TelemetryRoute ToDevice(ReadOnlySpan<byte> name)
    {
        var device = devices.Resolve(name, out var refused);
        return device is null
            ? new TelemetryRoute(TelemetryKind.RefusedDevice, Refused: refused)
            : new TelemetryRoute(TelemetryKind.Device, device);
    }
}
