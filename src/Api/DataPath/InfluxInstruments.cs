using System.Diagnostics.Metrics;
using Fengsui.Devices.History.InfluxDb;

namespace Fengsui.Api.DataPath;

/// <summary>Observes the InfluxDB targets for <c>/metrics</c>, one series a target.</summary>
internal sealed class InfluxInstruments : IDisposable
{
    private readonly Meter _meter = new("Fengsui.Devices.InfluxDb");

    public InfluxInstruments(InfluxTargets targets)
    {
        Count("fengsui.influxdb.lines", "{line}", "Lines that the server has taken", status => status.Lines);
        Count("fengsui.influxdb.bytes", "By", "Bytes of these lines, before compression", status => status.Bytes);
        Count("fengsui.influxdb.requests", "{request}", "Requests made", status => status.Requests);
        Count("fengsui.influxdb.retries", "{request}", "Requests that had to be made again", status => status.Retries);
        Count("fengsui.influxdb.rejected", "{line}", "Lines kept aside because the server refuses them or the mapping does not fit them", status => status.Rejected);
        Count("fengsui.influxdb.left_out", "{value}", "Values that line protocol has no form for, and bad ones", status => status.LeftOut);
        Count("fengsui.influxdb.lost", "By", "Bytes of the journal that were gone or damaged before they were written", status => status.LostBytes);
        Gauge("fengsui.influxdb.lag.size", "By", "Bytes of the journal that are not written yet", status => status.LagBytes);
        _meter.CreateObservableGauge("fengsui.influxdb.lag", () => Measure(targets, status => status.LagMs / 1000.0), "s", "Age of the oldest reading that is not written yet");
        Gauge("fengsui.influxdb.up", null, "1 while the target writes, 0 while it backs off, is stopped or faulted", status => status.State is InfluxTargetState.Live or InfluxTargetState.CatchingUp ? 1 : 0);

        void Count(string name, string unit, string description, Func<InfluxTargetStatus, long> value) =>
            _meter.CreateObservableCounter(name, () => Measure(targets, value), unit, description);

        void Gauge(string name, string? unit, string description, Func<InfluxTargetStatus, long> value) =>
            _meter.CreateObservableGauge(name, () => Measure(targets, value), unit, description);
    }

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<T>> Measure<T>(InfluxTargets targets, Func<InfluxTargetStatus, T> value)
        where T : struct =>
        targets.All.Select(target => new Measurement<T>(value(target.Status), new KeyValuePair<string, object?>("target", target.Options.Name)));
}
