using System.Diagnostics.Metrics;
using Fengsui.Api.Delivery;
using Fengsui.Devices.Alerts.Outbox;

namespace Fengsui.Api.DataPath;

/// <summary>Observes the receivers of alerts for <c>/metrics</c>: one series each.</summary>
internal sealed class DeliveryInstruments : IDisposable
{
    private readonly Meter _meter = new("Fengsui.Api.Delivery");
    private readonly Deliveries _deliveries;

    public DeliveryInstruments(Deliveries deliveries)
    {
        _deliveries = deliveries;
        _meter.CreateObservableCounter("fengsui.delivery.delivered", () => Observe(status => status.Delivered), "{entry}", "Entries of the alert log that receivers have taken");
        _meter.CreateObservableCounter("fengsui.delivery.attempts", () => Observe(status => status.Attempts), "{attempt}", "Attempts to tell receivers");
        _meter.CreateObservableCounter("fengsui.delivery.retries", () => Observe(status => status.Retries), "{attempt}", "Attempts that did not succeed");
        _meter.CreateObservableGauge("fengsui.delivery.failed", () => Observe(status => status.Failed), "{entry}", "Entries set aside because the receiver refused them");
        _meter.CreateObservableGauge("fengsui.delivery.lag.entries", () => Observe(status => status.LagEntries), "{entry}", "Entries of the alert log after the receiver's cursor");
        _meter.CreateObservableGauge("fengsui.delivery.lag.time", () => Seconds(), "s", "Age of the oldest entry that the receiver has not taken");
    }

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<long>> Observe(Func<OutboxStatus, long> count) =>
        _deliveries.Lines.Select(line => new Measurement<long>(count(line.Outbox.Status), new KeyValuePair<string, object?>("receiver", line.Name)));

    private IEnumerable<Measurement<double>> Seconds() =>
        _deliveries.Lines.Select(line => new Measurement<double>(line.Outbox.Status.LagMs / 1000.0, new KeyValuePair<string, object?>("receiver", line.Name)));
}
