using System.Text.Json;

namespace Fengsui.EndToEnd.Tests.Harness;

/// <summary>What the fleet was given acknowledgements for: device → event time → values in the order of its metrics.</summary>
internal sealed class AckedLog
{
    private static readonly string[] Metrics = ["temperature", "humidity", "co", "h2s", "lel"];

    private readonly Dictionary<string, SortedDictionary<long, double[]>> _devices = [];

    public AckedLog(string path)
    {
        foreach (var line in File.ReadLines(path))
        {
            using var document = JsonDocument.Parse(line);
            var device = document.RootElement.GetProperty("d").GetString()!;
            if (!_devices.TryGetValue(device, out var samples))
            {
                _devices[device] = samples = [];
            }

            samples[document.RootElement.GetProperty("ts").GetInt64()] =
                [.. document.RootElement.GetProperty("v").EnumerateArray().Select(value => value.GetDouble())];
        }
    }

    public IEnumerable<string> Devices => _devices.Keys;

    public int Samples => _devices.Values.Sum(samples => samples.Count);

    /// <summary>Every metric of every device with its readings by time.</summary>
    public IEnumerable<(string Device, string Metric, (long TimeMs, double Value)[] Readings)> Series =>
        from device in _devices
        from metric in Enumerable.Range(0, Metrics.Length)
        select (device.Key, Metrics[metric], device.Value.Select(sample => (sample.Key, sample.Value[metric])).ToArray());

    /// <summary>Asks the server for every metric of every device: each sample must be there, once, as it was sent, and nothing else.</summary>
    public async Task AssertStoredOnceAsync(ApiClient api)
    {
        foreach (var (device, samples) in _devices)
        {
            var from = samples.Keys.First();
            var to = samples.Keys.Last() + 1;
            for (var metric = 0; metric < Metrics.Length; metric++)
            {
                var expected = samples.Select(sample => (sample.Key, sample.Value[metric])).ToArray();
                var stored = await api.ReadingsAsync(device, Metrics[metric], from, to);
                Assert.True(expected.SequenceEqual(stored), Difference(device, Metrics[metric], expected, stored));
            }
        }
    }

    private static string Difference(string device, string metric, IReadOnlyList<(long, double)> expected, IReadOnlyList<(long, double)> stored)
    {
        var repeated = stored.GroupBy(reading => reading).Where(group => group.Count() > 1).Select(group => group.Key);
        return $"{device} {metric}: {expected.Count} acknowledged, {stored.Count} stored; missing: {List(expected.Except(stored))}; "
            + $"not acknowledged: {List(stored.Except(expected))}; repeated: {List(repeated)}";
    }

    private static string List(IEnumerable<(long, double)> readings) => string.Join(", ", readings.Take(5));
}
