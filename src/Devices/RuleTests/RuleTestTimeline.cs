using Fengsui.Rules.Model;
using Fengsui.Rules.Testing;

namespace Fengsui.Devices.RuleTests;

/// <summary>Everything that happens in a test, in the order of the journal.</summary>
internal static class RuleTestTimeline
{
    public static IEnumerable<Occurrence> Of(RuleTest test, long tickMs)
    {
        var events = test.Events.Select((happening, index) => new Occurrence(happening.AtMs, OccurrenceKind.Event, index));
        var rows = Rows(test).Select((row, index) => new Occurrence(row.AtMs, OccurrenceKind.Row, index, row.Row));
        var looks = test.Alerts.Select(alert => alert.AtMs).Order().Select((at, index) => new Occurrence(at, OccurrenceKind.Look, index));
        var nextTickMs = tickMs;
        foreach (var occurrence in events.Concat(rows).Concat(looks).OrderBy(one => one.AtMs).ThenBy(one => one.Kind).ThenBy(one => one.Index))
        {
            while (nextTickMs < occurrence.AtMs || (nextTickMs == occurrence.AtMs && occurrence.Kind > OccurrenceKind.Tick))
            {
                yield return new Occurrence(nextTickMs, OccurrenceKind.Tick, 0);
                nextTickMs += tickMs;
            }

            yield return occurrence;
        }

        for (; nextTickMs <= test.EndMs; nextTickMs += tickMs)
        {
            yield return new Occurrence(nextTickMs, OccurrenceKind.Tick, 0);
        }
    }

    /// <summary>Samples of one device, one event time and one receive time are one row, as a gateway would send them.</summary>
    private static IEnumerable<(long AtMs, TestRow Row)> Rows(RuleTest test) =>
        test.Series
            .SelectMany(series => series.Samples.Select((sample, step) => (
                AtMs: (step * series.IntervalMs) + series.DelayMs, EventMs: step * series.IntervalMs, series.Device, series.Metric, Sample: sample)))
            .Where(one => one.Sample.Kind != TestSampleKind.None)
            .GroupBy(one => (one.AtMs, one.EventMs, one.Device))
            .OrderBy(row => row.Key.AtMs).ThenBy(row => row.Key.EventMs).ThenBy(row => row.Key.Device, StringComparer.Ordinal)
            .Select(row => (row.Key.AtMs, new TestRow(
                row.Key.Device, row.Key.EventMs, [.. row.Select(one => (one.Metric, one.Sample.Value, QualityOf(one.Sample)))])));

    private static Quality QualityOf(TestSample sample) => sample.Kind == TestSampleKind.Bad ? Quality.Bad : Quality.Good;
}
