using Fengsui.Rules;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Devices.Registry.Files;

/// <summary>
/// Reads <c>config/devices/*.yaml</c>: zones with labels, and devices with type, zone and labels. A device's labels
/// stand above those of its zone. Every mistake is found at once.
/// </summary>
public static class DeviceFileReader
{
    public static DeviceCatalog Read(IReadOnlyList<DeviceFile> files)
    {
        var diagnostics = new DiagnosticBag();
        var maps = new List<YamlMap>();
        foreach (var file in files)
        {
            if (YamlDocument.Load(file.Path, file.Text, diagnostics) is { } root
                && YamlMap.Of(root, "a device file", diagnostics) is { } map)
            {
                maps.Add(map);
            }
        }

        var zones = ReadZones(maps, diagnostics);
        var devices = ReadDevices(maps, zones, diagnostics);
        maps.ForEach(map => map.Finish());
        return new DeviceCatalog(diagnostics.HasErrors ? new SortedDictionary<string, DeviceFacts>() : devices, diagnostics.ToSortedList());
    }

    private static Dictionary<string, IReadOnlyList<KeyValuePair<string, YamlScalar>>> ReadZones(
        List<YamlMap> files, DiagnosticBag diagnostics)
    {
        var zones = new Dictionary<string, IReadOnlyList<KeyValuePair<string, YamlScalar>>>(StringComparer.Ordinal);
        foreach (var zone in files.SelectMany(file => file.Maps("zones", "a zone")))
        {
            var id = Name(zone, "id", diagnostics);
            var labels = zone.StringMap("labels");
            zone.Finish();
            if (id is not null && !zones.TryAdd(id, labels))
            {
                diagnostics.Error(zone.SpotOf("id"), DiagnosticCodes.DuplicateName, $"zone '{id}' is declared already", "another id");
            }
        }

        return zones;
    }

    private static SortedDictionary<string, DeviceFacts> ReadDevices(
        List<YamlMap> files,
        Dictionary<string, IReadOnlyList<KeyValuePair<string, YamlScalar>>> zones,
        DiagnosticBag diagnostics)
    {
        var devices = new SortedDictionary<string, DeviceFacts>(StringComparer.Ordinal);
        foreach (var device in files.SelectMany(file => file.Maps("devices", "a device")))
        {
            var id = Name(device, "id", diagnostics);
            var type = device.String("type", DeviceFacts.DefaultType)!;
            var zone = device.Has("zone") ? Name(device, "zone", diagnostics) ?? "" : DeviceFacts.DefaultZone;
            var own = device.StringMap("labels");
            device.Finish();
            var labels = (zones.GetValueOrDefault(zone) ?? []).Concat(own)
                .Select(label => KeyValuePair.Create(label.Key, label.Value.Text));
            if (id is not null && !devices.TryAdd(id, new DeviceFacts(type, zone, labels)))
            {
                diagnostics.Error(device.SpotOf("id"), DiagnosticCodes.DuplicateName, $"device '{id}' is declared already", "another id");
            }
        }

        return devices;
    }

    /// <summary>Ids become levels of topics, so they must not hold what MQTT gives a meaning to.</summary>
    private static string? Name(YamlMap map, string key, DiagnosticBag diagnostics)
    {
        var name = map.RequiredString(key);
        if (name is not null && (name.AsSpan().IndexOfAny("/+#") >= 0 || name.Any(char.IsControl)))
        {
            diagnostics.Error(
                map.SpotOf(key), DiagnosticCodes.InvalidValue, $"'{name}' cannot be a level of a topic", "an id without / + # and control characters");
            return null;
        }

        return name;
    }
}
