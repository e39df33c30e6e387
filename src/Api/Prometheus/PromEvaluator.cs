using Fengsui.Devices.Engine;
using Fengsui.Devices.Registry;
using Fengsui.Rules.Model;

namespace Fengsui.Api.Prometheus;

/// <summary>Answers questions from the history. Bounded in devices looked at, series and samples.</summary>
internal sealed class PromEvaluator(DeviceEngine engine, CancellationToken cancellation)
{
    public const int MaxSeries = 10_000;

    /// <summary>Devices that the matchers leave and whose history is then looked into.</summary>
    public const int MaxDevices = 20_000;

    /// <summary>Samples that one question may read.</summary>
    public const long MaxSamples = 50_000_000;

    /// <summary>How long a value stands when no newer one comes, as in Prometheus.</summary>
    private const long LookBackMs = 300_000;

    /// <summary>Longer ranges are answered from what was summed up, where the tiers' steps fit.</summary>
    private const long ReadingsSpanMs = 86_400_000;

    private const long MinuteMs = 60_000;
    private const long SecondMs = 1_000;

    private long _samples;

    public List<PromSeries> Evaluate(PromExpression expression, PromTimes times) => expression switch
    {
        PromSelector { RangeMs: null } selector => Series(selector, "last", LookBackMs, keepsName: true, times),
        PromOverTime over => Series(over.Selector, over.Fold, over.Selector.RangeMs!.Value, keepsName: over.Fold == "last", times),
        PromAggregation aggregation => PromGrouping.Fold(aggregation, Evaluate(aggregation.Inner, times), times.Count),
        _ => throw PromException.BadData("the query is a range of readings: ask a function such as avg_over_time of it"),
    };

    /// <summary>Label sets of the series that match and may have something in [from, to).</summary>
    public IEnumerable<SortedDictionary<string, string>> Find(PromSelector? selector, long fromMs, long toMs) =>
        Candidates(selector?.Matchers ?? [], fromMs, toMs).Select(found => LabelsOf(found.Device, engine.Registry.Metrics.NameOf(found.Metric)));

    private List<PromSeries> Series(PromSelector selector, string fold, long rangeMs, bool keepsName, PromTimes times)
    {
        var series = new List<PromSeries>();
        foreach (var (device, metric) in Candidates(selector.Matchers, times.StartMs - rangeMs, times.EndMs + 1))
        {
            var samples = Read(device, metric, rangeMs, times);
            if (samples.Count == 0)
                continue;
            var values = PromWindow.Fold(fold, samples, times, rangeMs);
            if (Array.TrueForAll(values, double.IsNaN))
                continue;
            if (series.Count == MaxSeries)
                throw PromException.Execution($"the query has more than {MaxSeries} series: name the devices");
            var labels = LabelsOf(device, engine.Registry.Metrics.NameOf(metric));
            if (!keepsName)
                labels.Remove(PromMatcher.NameLabel);
            series.Add(new PromSeries(labels, values));
        }

        return series;
    }

    private IEnumerable<(Device Device, ushort Metric)> Candidates(IReadOnlyList<PromMatcher> matchers, long fromMs, long toMs)
    {
        var named = matchers.Where(matcher => matcher.Label == PromMatcher.NameLabel).ToList();
        var others = matchers.Except(named).ToList();
        var looked = 0;
        foreach (var device in Devices(others))
        {
            cancellation.ThrowIfCancellationRequested();
            if (++looked > MaxDevices)
                throw PromException.Execution($"the query is about more than {MaxDevices} devices: name some");
            foreach (var metric in engine.History.Metrics(device.Id, fromMs, toMs))
            {
                var name = engine.Registry.Metrics.NameOf(metric);
                if (!PositionMetric.Is(name) && named.TrueForAll(matcher => matcher.Matches(name)))
                    yield return (device, metric);
            }
        }
    }

    private IEnumerable<Device> Devices(List<PromMatcher> matchers)
    {
        var one = matchers.Find(matcher => matcher.Label == "device")?.Exactly;
        var devices = one is null ? engine.Registry.Devices.All() : engine.Registry.Devices.Find(one) is { } found ? [found] : [];
        return devices.Where(device => matchers.TrueForAll(matcher => matcher.Matches(LabelOf(device, matcher.Label))));
    }

    private List<PromSample> Read(Device device, ushort metric, long rangeMs, PromTimes times)
    {
        var (fromMs, toMs) = (Math.Max(0, times.StartMs - rangeMs + 1), times.EndMs + 1);
        var isLong = toMs - fromMs > ReadingsSpanMs || fromMs < engine.History.RawFloorMs;
        var bucketMs = !isLong ? 0 : Fits(MinuteMs) ? MinuteMs : Fits(SecondMs) ? SecondMs : 0;
        var samples = new List<PromSample>();
        if (bucketMs == 0)
        {
            foreach (var reading in engine.History.Query(device.Id, metric, fromMs, toMs))
            {
                if (reading.Quality != Quality.Bad && !double.IsNaN(reading.Value))
                    Take(samples, new PromSample(reading.EventTimeMs, 1, reading.Value, reading.Value, reading.Value, reading.Value));
            }

            return samples;
        }

        foreach (var step in engine.History.Aggregate(device.Id, metric, fromMs - bucketMs, toMs, bucketMs))
        {
            if (step.Count > 0)
                Take(samples, new PromSample(step.StartMs + bucketMs, step.Count, step.Min, step.Max, step.Mean * step.Count, step.Last));
        }

        return samples;

        bool Fits(long ms) => (times.Count == 1 || times.StepMs % ms == 0) && rangeMs % ms == 0;
    }

    private void Take(List<PromSample> samples, PromSample sample)
    {
        if (++_samples > MaxSamples)
            throw PromException.Execution($"the query reads more than {MaxSamples} samples: ask for less time or fewer devices");
        samples.Add(sample);
    }

    private static SortedDictionary<string, string> LabelsOf(Device device, string metric)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (label, value) in device.Facts.Labels)
            labels[label] = value;
        labels["device"] = device.Name;
        labels["type"] = device.Facts.Type;
        labels["zone"] = device.Facts.Zone;
        labels[PromMatcher.NameLabel] = metric;
        return labels;
    }

    private static string LabelOf(Device device, string label) => label switch
    {
        "device" => device.Name,
        "type" => device.Facts.Type,
        "zone" => device.Facts.Zone,
        _ => device.Facts.Labels.GetValueOrDefault(label, ""),
    };
}
