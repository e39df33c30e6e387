using System.Diagnostics.Metrics;
using Fengsui.Devices.Records;
using Fengsui.Ingest.Sources;

namespace Fengsui.Api.DataPath;

/// <summary>Observes the field protocols for <c>/metrics</c>: one series a source, never one a peer, so that peers cannot grow it.</summary>
internal sealed class SourceInstruments : IDisposable
{
    private readonly Meter _meter = new("Fengsui.Ingest.Sources");

    public SourceInstruments(SourceBook book)
    {
        Observe(book, "fengsui.source.frames_in", "{frame}", "Whole frames heard", source => source.FramesIn);
        Observe(book, "fengsui.source.frames_out", "{frame}", "Frames sent", source => source.FramesOut);
        Observe(book, "fengsui.source.readings", "{reading}", "Readings committed", source => source.Readings);
        Observe(book, "fengsui.source.timeouts", "{timeout}", "Requests or connections on which the peer was silent too long", source => source.Timeouts);
        Observe(book, "fengsui.source.exceptions", "{answer}", "Requests that the peer said it could not fulfil", source => source.Exceptions);
        Observe(book, "fengsui.source.overruns", "{poll}", "Polls left out because those before them took too long", source => source.Overruns);
        Observe(book, "fengsui.source.duplicates", "{frame}", "Frames recognised as heard before", source => source.Duplicates);
        Observe(book, "fengsui.source.failures", "{failure}", "Failed connections and attempts", source => source.Failures);
        _meter.CreateObservableCounter("fengsui.source.rejected", () => book.Totals().SelectMany(Rejected), "{input}", "Inputs rejected, by reason");
        _meter.CreateObservableGauge("fengsui.source.connected", () => Connected(book), "{connection}", "Connections that are up, listeners included");
    }

    public void Dispose() => _meter.Dispose();

    private void Observe(SourceBook book, string name, string unit, string description, Func<SourceConnection, long> count) =>
        _meter.CreateObservableCounter(name, () => book.Totals().Select(source => new Measurement<long>(count(source), Tags(source))), unit, description);

    private static IEnumerable<Measurement<long>> Connected(SourceBook book) =>
        book.Open.GroupBy(connection => (connection.Protocol, connection.Source)).Select(source => new Measurement<long>(
            source.Count(connection => connection.State == SourceState.Connected), Tags(source.First())));

    private static IEnumerable<Measurement<long>> Rejected(SourceConnection source)
    {
        for (var reason = (RejectReason)1; (int)reason < RejectReasonNames.Count; reason++)
        {
            if (source.Rejected(reason) is > 0 and var count)
            {
                yield return new Measurement<long>(count, [.. Tags(source), new("reason", reason.Name())]);
            }
        }
    }

    private static KeyValuePair<string, object?>[] Tags(SourceConnection source) =>
        [new("protocol", source.Protocol), new("source", source.Source)];
}
