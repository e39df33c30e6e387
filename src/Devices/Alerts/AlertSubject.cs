using Fengsui.Devices.Registry;

namespace Fengsui.Devices.Alerts;

/// <summary>What an alert is about.</summary>
/// <param name="Name">Names it in the alert's id and texts: the device, or the zone of a rule about zones.</param>
/// <param name="Device">Empty when it is about the zone.</param>
internal readonly record struct AlertSubject(string Name, string Device, string Zone, IReadOnlyDictionary<string, string> Labels)
{
    private static readonly SortedDictionary<string, string> NoLabels = new(StringComparer.Ordinal);

    public static AlertSubject Of(Device device, DeviceFacts facts) => new(device.Name, device.Name, facts.Zone, facts.Labels);

    public static AlertSubject OfZone(string zone) => new(zone, "", zone, NoLabels);
}
