using System.Globalization;
using System.Text;
using Fengsui.Scenarios.Model;
using Fengsui.Scenarios.Physics;
using Fengsui.Scenarios.Wire;

namespace Fengsui.Scenarios;

/// <summary>What a server must be configured with for a scenario: its devices, its routes, and the sources that understand them.</summary>
public sealed class ScenarioConfig
{
    private readonly World _world;
    private readonly long _startMs;
    private readonly int _vehiclePort;

    internal ScenarioConfig(World world, long startMs, int vehiclePort) => (_world, _startMs, _vehiclePort) = (world, startMs, vehiclePort);

    private Scenario Scenario => _world.Scenario;

    /// <summary>The name of the scenario's sources, of the same as the scenario's.</summary>
    public string SourceName => "scenario-" + Scenario.Name;

    /// <summary>A file of <c>config/devices/</c>.</summary>
    public string Devices()
    {
        var text = new StringBuilder($"# The devices of the scenario {Scenario.Name}.\nzones:\n");
        foreach (var zone in Scenario.Zones)
        {
            text.Append(CultureInfo.InvariantCulture, $"  - {{ id: {zone.Id}, labels: {{ {Labels(zone.Labels)} }} }}\n");
        }

        text.Append("devices:\n");
        foreach (var device in Scenario.Devices)
        {
            text.Append(CultureInfo.InvariantCulture, $"  - {{ id: {device.Id}, type: {device.Type}, zone: {device.Zone}, labels: {{ {Labels(device.Labels)} }} }}\n");
        }

        return text.ToString();
    }

    /// <summary>A file of <c>config/sources/</c>; null when JSON over MQTT is all there is.</summary>
    public string? Sources()
    {
        var vehicles = Scenario.Devices.Where(device => device.Sends.By == WireForm.Jt808).ToList();
        var adverts = Scenario.Devices.Where(device => device.Sends.By == WireForm.Ble).ToList();
        var text = new StringBuilder();
        if (vehicles.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"jt808:\n  - name: {SourceName}\n    listen: 127.0.0.1:{_vehiclePort}\n    auth: none\n    terminals:\n");
            vehicles.ForEach(device => text.Append(CultureInfo.InvariantCulture, $"      - {{ phone: \"{device.Sends.Address}\", device: {device.Id} }}\n"));
        }

        if (adverts.Count > 0)
        {
            var topics = adverts.SelectMany(device => device.Sends.Gateways).Distinct().Select(gateway => $"'home/{gateway}/BTtoMQTT/#'");
            text.Append(CultureInfo.InvariantCulture, $"ble:\n  - name: {SourceName}\n    keys_file: {KeysPath}\n    plain: refuse\n    mqtt:\n");
            text.Append(CultureInfo.InvariantCulture, $"      - {{ form: openmqttgateway, topics: [{string.Join(", ", topics)}] }}\n    devices:\n");
            adverts.ForEach(device => text.Append(CultureInfo.InvariantCulture, $"      - {{ address: '{device.Sends.Address}', device: {device.Id} }}\n"));
        }

        return text.Length > 0 ? text.ToString() : null;
    }

    /// <summary>A file of <c>config/routes/</c>; null when nothing drives.</summary>
    public string? Routes()
    {
        if (Scenario.Routes.Count == 0)
        {
            return null;
        }

        var features = Scenario.Routes.Select(route =>
        {
            var points = route.Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"[{point.Longitude}, {point.Latitude}]"));
            var window = Window("valid_from", route.Opens) + Window("valid_to", route.Closes);
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{{ \"type\": \"Feature\", \"properties\": {{ \"id\": \"{route.Id}\", \"width_m\": {route.WidthM}{window} }}, \"geometry\": {{ \"type\": \"LineString\", \"coordinates\": [{string.Join(", ", points)}] }} }}");
        });
        return $"{{ \"type\": \"FeatureCollection\", \"features\": [\n  {string.Join(",\n  ", features)}\n] }}\n";
    }

    /// <summary>The keys of Bluetooth devices; null when there are none.</summary>
    public string? Keys()
    {
        var lines = Scenario.Devices.Where(device => device.Sends.By == WireForm.Ble)
            .Select(device => $"{device.Sends.Address} {Convert.ToHexStringLower(AdvertBody.KeyOf(device.Sends.Address))}\n");
        var text = string.Concat(lines);
        return text.Length > 0 ? text : null;
    }

    /// <summary>Writes all files into a configuration directory, the keys for their owner only. Gives their paths.</summary>
    /// <exception cref="IOException">The directory cannot be written to.</exception>
    public IReadOnlyList<string> WriteTo(string directory)
    {
        var written = new List<string>();
        Write($"{KeysPath}", Keys(), isSecret: true);
        Write($"routes/{SourceName}.geojson", Routes(), isSecret: false);
        Write($"devices/{SourceName}.yaml", Devices(), isSecret: false);
        Write($"sources/{SourceName}.yaml", Sources(), isSecret: false);
        return written;

        void Write(string name, string? text, bool isSecret)
        {
            if (text is null)
            {
                return;
            }

            var path = Path.Combine(directory, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (isSecret && !OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var writer = new StreamWriter(path, options);
            writer.Write(text);
            written.Add(path);
        }
    }

    private string KeysPath => $"secrets/{SourceName}-keys";

    private string Window(string key, Amount? at) =>
        at is null ? "" : $", \"{key}\": \"{DateTimeOffset.FromUnixTimeMilliseconds(_startMs + at.Milliseconds(_world.Drawn)):yyyy-MM-dd'T'HH:mm:ss'Z'}\"";

    private static string Labels(IReadOnlyList<KeyValuePair<string, string>> labels) =>
        string.Join(", ", labels.Select(label => $"{label.Key}: \"{label.Value}\""));
}
