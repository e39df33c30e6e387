using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Fengsui.Api.Metrics;

/// <summary>
/// Keeps the current value of every instrument of ours and of the runtime, for <see cref="WriteTo"/>. One per server;
/// instruments of all meters in the process report to it.
/// </summary>
public sealed class MetricStore : IDisposable
{
    public const string OwnMeters = "Fengsui.";

    public const string RuntimeMeter = "System.Runtime";

    private readonly ConcurrentDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();
    private readonly Lock _scraping = new();
    private long _dropped;

    public MetricStore()
    {
        _listener.InstrumentPublished = OnPublished;
        _listener.SetMeasurementEventCallback<byte>((_, value, tags, family) => Record(value, tags, family));
        _listener.SetMeasurementEventCallback<short>((_, value, tags, family) => Record(value, tags, family));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, family) => Record(value, tags, family));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, family) => Record(value, tags, family));
        _listener.SetMeasurementEventCallback<float>((_, value, tags, family) => Record(value, tags, family));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, family) => Record(value, tags, family));
        _listener.SetMeasurementEventCallback<decimal>((_, value, tags, family) => Record((double)value, tags, family));
        _listener.Start();
    }

    /// <summary>Writes everything in the Prometheus text format, version 0.0.4, families sorted by name.</summary>
    public void WriteTo(TextWriter text)
    {
        lock (_scraping)
        {
            foreach (var family in _families.Values.Where(family => family.IsObserved))
            {
                family.Reset();
            }

            Observe();
            foreach (var family in _families.Values.OrderBy(family => family.Name, StringComparer.Ordinal))
            {
                PrometheusText.Write(text, family);
            }

            PrometheusText.WriteDropped(text, Interlocked.Read(ref _dropped));
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Observe()
    {
        try
        {
            _listener.RecordObservableInstruments();
        }
        catch (AggregateException)
        {
            // An observation that throws leaves a gap in its own series; the others were all recorded.
            Interlocked.Increment(ref _dropped);
        }
    }

    private void OnPublished(Instrument instrument, MeterListener listener)
    {
        var meter = instrument.Meter.Name;
        if (!meter.StartsWith(OwnMeters, StringComparison.Ordinal) && meter != RuntimeMeter)
        {
            return;
        }

        var kind = KindOf(instrument);
        var name = MetricName.Of(instrument.Name, instrument.Unit, kind);
        var family = _families.GetOrAdd(name, _ => new MetricFamily(name, kind, instrument.IsObservable, instrument));
        if (family.Kind == kind && family.IsObserved == instrument.IsObservable)
        {
            listener.EnableMeasurementEvents(instrument, family);
        }
        else
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    private void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? family)
    {
        if (family is MetricFamily known && !known.TryRecord(value, tags))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    private static MetricKind KindOf(Instrument instrument)
    {
        var type = instrument.GetType().Name;
        return type.Contains("UpDown", StringComparison.Ordinal) || type.Contains("Gauge", StringComparison.Ordinal)
            ? MetricKind.Gauge
            : type.StartsWith("Histogram", StringComparison.Ordinal) ? MetricKind.Histogram : MetricKind.Counter;
    }
}
