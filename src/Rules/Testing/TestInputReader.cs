using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Testing;

/// <summary>Reads the devices of a unit test and what they send.</summary>
internal static class TestInputReader
{
    /// <summary>What a device is when nobody says, as for one that the server meets for the first time.</summary>
    private const string DefaultName = "default";

    public static IReadOnlyList<TestDevice> Devices(YamlMap test)
    {
        var devices = new List<TestDevice>();
        foreach (var map in test.Maps("devices", "a device"))
        {
            var id = map.RequiredString("id");
            var device = new TestDevice(
                id ?? "", map.String("type", DefaultName)!, map.String("zone", DefaultName)!, [.. map.StringMap("labels").Select(label => KeyValuePair.Create(label.Key, label.Value.Text))]);
            map.Finish();
            if (id is not null && devices.Exists(other => other.Id == id))
            {
                test.Diagnostics.Error(map.SpotOf("id"), DiagnosticCodes.DuplicateName, $"device '{id}' is declared already in this test", "another id");
            }
            else if (id is not null)
            {
                devices.Add(device);
            }
        }

        return devices;
    }

    public static IReadOnlyList<TestSeries> Series(YamlMap test, IReadOnlyList<TestDevice> devices, long intervalMs)
    {
        var series = new List<TestSeries>();
        foreach (var map in test.Maps("input_series", "a series"))
        {
            var name = ReadName(map);
            var stepMs = map.DurationMs("interval", intervalMs, minMs: 1);
            var delayMs = map.DurationMs("delay", 0);
            var values = map.RequiredScalar("values");
            map.Finish();
            var samples = values is null ? [] : new SeriesValues(values, test.Diagnostics).Expand();
            if (name is not { } known)
            {
                continue;
            }

            CheckDevice(map, known.Device, devices);
            if (series.Exists(other => (other.Metric, other.Device) == known))
            {
                test.Diagnostics.Error(map.Spot, DiagnosticCodes.DuplicateName, $"there is a series of {known.Metric} of '{known.Device}' already", "one series for each metric of a device");
            }

            series.Add(new TestSeries(known.Device, known.Metric, stepMs, delayMs, samples));
        }

        return series;
    }

    private static (string Metric, string Device)? ReadName(YamlMap map)
    {
        if (map.Scalar("series") is { } written)
        {
            map.Node("device");
            map.Node("metric");
            if (SeriesName.TryParse(written.Text, out var named, out var of))
            {
                return (named, of);
            }

            map.Diagnostics.Error(written.Spot, DiagnosticCodes.InvalidValue, $"'series' is {written.Kind}", SeriesName.Expected);
            return null;
        }

        var device = map.RequiredString("device");
        var metric = map.RequiredString("metric");
        return device is null || metric is null ? null : (metric, device);
    }

    /// <summary>A test that declares devices and then spells one otherwise would test the default profile.</summary>
    private static void CheckDevice(YamlMap map, string device, IReadOnlyList<TestDevice> devices)
    {
        var known = devices.Select(one => one.Id).ToList();
        if (known.Count > 0 && !known.Contains(device))
        {
            var key = map.Has("series") ? "series" : "device";
            map.Diagnostics.Error(map.SpotOf(key), DiagnosticCodes.InvalidValue, $"the test has no device '{device}'{Parsing.NearMiss.Hint(device, known)}", "one of " + string.Join(", ", known));
        }
    }
}
