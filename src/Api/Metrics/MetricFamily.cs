using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Fengsui.Api.Metrics;

/// <summary>All series of one name. Several instruments of the same name and kind add up in one family.</summary>
internal sealed class MetricFamily
{
    /// <summary>
    /// Bound on series per family, since labels may come from outside. Further label sets are not kept, and each
    /// measurement on them counts in <c>fengsui_metrics_dropped_measurements_total</c>.
    /// </summary>
    public const int MaxSeries = 2000;

    private readonly ConcurrentDictionary<TagSet, Series> _byTags = new(TagSet.Comparer.Instance);
    private readonly ConcurrentDictionary<TagSet, Series>.AlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>> _lookup;
    private readonly SortedDictionary<string, Series> _byLabels = new(StringComparer.Ordinal);
    private readonly Lock _adding = new();
    private readonly Func<string, Series> _create;

    public MetricFamily(string name, MetricKind kind, bool isObserved, Instrument instrument)
    {
        Name = name;
        Kind = kind;
        IsObserved = isObserved;
        Help = instrument.Description ?? string.Empty;
        _lookup = _byTags.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>();
        _create = SeriesOf(instrument, kind);
    }

    public string Name { get; }

    public MetricKind Kind { get; }

    /// <summary>The instrument reports its value when scraped, rather than when something happens.</summary>
    public bool IsObserved { get; }

    public string Help { get; }

    /// <summary>False when the family is full and the tags are new.</summary>
    public bool TryRecord(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (!_lookup.TryGetValue(tags, out var series) && !TryAdd(tags, out series))
        {
            return false;
        }

        series.Record(value);
        return true;
    }

    public void Reset()
    {
        foreach (var series in _byTags.Values)
        {
            series.Reset();
        }
    }

    public Series[] Snapshot()
    {
        lock (_adding)
        {
            return [.. _byLabels.Values.Where(series => series.HasValue)];
        }
    }

    private static Func<string, Series> SeriesOf(Instrument instrument, MetricKind kind)
    {
        if (kind == MetricKind.Histogram)
        {
            var bounds = HistogramBounds.Of(instrument);
            return labels => new HistogramSeries(labels, bounds);
        }

        var isSet = instrument.GetType().Name.StartsWith("Gauge", StringComparison.Ordinal);
        return isSet ? labels => new LastSeries(labels) : labels => new SumSeries(labels);
    }

    private bool TryAdd(ReadOnlySpan<KeyValuePair<string, object?>> tags, out Series series)
    {
        lock (_adding)
        {
            if (_lookup.TryGetValue(tags, out series!))
            {
                return true;
            }

            if (_byTags.Count >= MaxSeries)
            {
                return false;
            }

            // The same labels may come in another order of tags, or from values that print alike: still one series.
            var labels = Labels.Format(tags);
            if (!_byLabels.TryGetValue(labels, out series!))
            {
                series = _create(labels);
                _byLabels.Add(labels, series);
            }

            _byTags[new TagSet(tags)] = series;
            return true;
        }
    }
}
