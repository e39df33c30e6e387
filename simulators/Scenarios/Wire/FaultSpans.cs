using Fengsui.Scenarios.Model;
using Fengsui.Scenarios.Physics;

namespace Fengsui.Scenarios.Wire;

/// <summary>The faults of one device, its gateways' included, with their times decided.</summary>
internal sealed class FaultSpans
{
    private readonly List<Span> _spans = [];

    public FaultSpans(World world, ScenarioDevice device)
    {
        foreach (var fault in world.Scenario.Timeline.OfType<Fault>())
        {
            if (world.DevicesOf(fault.Of).Any(one => one.Id == device.Id))
            {
                var from = fault.At.Milliseconds(world.Drawn);
                _spans.Add(new Span(fault.Kind, fault.Metric, from, from + fault.Lasts.Milliseconds(world.Drawn), fault.By.Milliseconds(world.Drawn)));
            }
        }
    }

    /// <summary>The fault of this kind at a moment, ms after the start; null when there is none.</summary>
    public Span? Find(FaultKind kind, long atMs, string? metric = null)
    {
        foreach (var span in _spans)
        {
            if (span.Kind == kind && atMs >= span.FromMs && atMs < span.UntilMs && (span.Metric is null || span.Metric == metric))
            {
                return span;
            }
        }

        return null;
    }

    public sealed record Span(FaultKind Kind, string? Metric, long FromMs, long UntilMs, long ByMs);
}
