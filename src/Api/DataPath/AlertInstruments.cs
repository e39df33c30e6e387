using System.Diagnostics.Metrics;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Engine;
using Fengsui.Rules.Alerts;

namespace Fengsui.Api.DataPath;

/// <summary>Observes what people and time do to alerts, for <c>/metrics</c>.</summary>
internal sealed class AlertInstruments : IDisposable
{
    private readonly Meter _meter = new("Fengsui.Devices.Alerts");

    public AlertInstruments(DeviceEngine engine)
    {
        _meter.CreateObservableCounter("fengsui.alerts.events", () => Events(engine.AlertCounts), "{event}", "What people and time did to alerts, by kind");
        _meter.CreateObservableCounter("fengsui.alerts.held_back", () => Held(engine.AlertCounts), "{entry}", "Entries held back from receivers, by reason");
        _meter.CreateObservableGauge("fengsui.alerts.open", () => engine.Alerts.OpenCount, "{alert}", "Alerts that fire, or that nobody has closed");
        _meter.CreateObservableGauge("fengsui.duties", () => Duties(engine.Duties), "{duty}", "Duties of open alerts, by state");
        _meter.CreateObservableGauge("fengsui.restrictions", () => engine.Duties.Restrictions().Count, "{enterprise}", "Enterprises under a customs restriction");
    }

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<long>> Events(AlertCounts counts) =>
        Enum.GetValues<AlertEventKind>().Select(kind => new Measurement<long>(counts.Events(kind), new KeyValuePair<string, object?>("event", kind.Name())));

    private static IEnumerable<Measurement<long>> Held(AlertCounts counts) =>
        Enum.GetValues<HoldReason>().Skip(1).Select(reason => new Measurement<long>(counts.Held(reason), new KeyValuePair<string, object?>("reason", reason.Name())));

    private static IEnumerable<Measurement<long>> Duties(DutyBook duties)
    {
        var states = duties.List().CountBy(duty => duty.State).ToDictionary();
        return Enum.GetValues<DutyState>().Select(state =>
            new Measurement<long>(states.GetValueOrDefault(state), new KeyValuePair<string, object?>("state", DutyStateNames.Name(state))));
    }
}
