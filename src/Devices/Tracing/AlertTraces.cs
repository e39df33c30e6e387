using Fengsui.Devices.Alerts;

namespace Fengsui.Devices.Tracing;

/// <summary>Steps of alerts by the record that caused them.</summary>
internal sealed class AlertTraces
{
    private readonly ILookup<long, AlertTransition> _steps;

    /// <param name="directory">The folder <c>alerts</c> of a data directory.</param>
    /// <param name="positions">Steps that other records caused are passed over.</param>
    public AlertTraces(string directory, IReadOnlySet<long> positions) => _steps = positions.Count == 0
        ? Enumerable.Empty<AlertTransition>().ToLookup(step => step.JournalPosition)
        : AlertLogFile.ReadTransitions(directory).Where(step => positions.Contains(step.JournalPosition)).ToLookup(step => step.JournalPosition);

    /// <param name="index">Of the row in its record; null when that is not known any more: then the device and the time decide.</param>
    public IReadOnlyList<TracedAlert> Of(long position, int? index, string device, long timeMs) =>
        [.. _steps[position].Where(step => index is { } known ? step.JournalIndex == known : step.IsOfZone || (step.Device == device && step.EventTimeMs == timeMs)).Select(Of)];

    private static TracedAlert Of(AlertTransition step) => new(
        step.AlertId, step.Id, step.Rule, step.Subject, step.State, step.ToldTier, step.IsShadow, [.. step.Values.Select(value => value.Key)]);
}
