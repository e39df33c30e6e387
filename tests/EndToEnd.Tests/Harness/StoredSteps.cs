using System.Globalization;

namespace Fengsui.EndToEnd.Tests.Harness;

/// <summary>The steps that a server gives, beside those that follow from what it acknowledged.</summary>
internal static class StoredSteps
{
    /// <summary>Every step of every series must be there, once, with the right numbers, and no other.</summary>
    public static async Task AssertAsync(ApiClient api, AckedLog acked, long stepMs)
    {
        var all = acked.Series.ToList();
        var from = all.Min(series => series.Readings[0].TimeMs) / stepMs * stepMs;
        var stored = await ReadAsync(api, acked.Devices, from, all.Max(series => series.Readings[^1].TimeMs) + 1, stepMs);
        foreach (var (device, metric, readings) in all)
        {
            var expected = ExpectedStep.Of(readings, stepMs);
            var given = stored.GetValueOrDefault((device, metric), []).Where(step => step.StartMs <= expected[^1].StartMs).ToList();
            Assert.True(expected.Count == given.Count, $"{device} {metric}: {expected.Count} steps of {stepMs} ms, but {given.Count} stored; {Sum(expected)} and {Sum(given)} readings");
            foreach (var (one, other) in expected.Zip(given))
            {
                // The end of the question, not of the series, ends what the last reading is held for.
                var same = one == expected[^1] ? one.IsSameAs(other with { TimeWeightedMean = one.TimeWeightedMean }) : one.IsSameAs(other);
                Assert.True(same, $"{device} {metric}, step of {stepMs} ms:\nacknowledged {one}\nstored       {other}");
            }
        }
    }

    private static int Sum(IEnumerable<ExpectedStep> steps) => steps.Sum(step => step.Count);

    private static async Task<Dictionary<(string Device, string Metric), List<ExpectedStep>>> ReadAsync(
        ApiClient api, IEnumerable<string> devices, long from, long to, long stepMs)
    {
        var query = string.Join('&', devices.Select(device => "device=" + Uri.EscapeDataString(device)));
        var text = await api.Http.GetStringAsync(new Uri(FormattableString.Invariant(
            $"/api/v1/readings?{query}&from={from}&to={to}&step={stepMs}ms&format=csv"), UriKind.Relative));
        var steps = new Dictionary<(string, string), List<ExpectedStep>>();
        foreach (var line in text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            // device,metric,time,time_ms,count,unusable,min,max,mean,last,time_weighted_mean
            var fields = line.Split(',');
            Assert.Equal("0", fields[5]);
            if (!steps.TryGetValue((fields[0], fields[1]), out var series))
            {
                steps[(fields[0], fields[1])] = series = [];
            }

            series.Add(new ExpectedStep(
                long.Parse(fields[3], CultureInfo.InvariantCulture), int.Parse(fields[4], CultureInfo.InvariantCulture),
                Number(fields[6]), Number(fields[7]), Number(fields[8]), Number(fields[9]), Number(fields[10])));
        }

        return steps;
    }

    private static double Number(string field) => field.Length == 0 ? double.NaN : double.Parse(field, CultureInfo.InvariantCulture);
}
