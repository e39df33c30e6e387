using Fengsui.Rules.Model;

namespace Fengsui.Devices.Tracing;

/// <summary>One reading of a row.</summary>
/// <param name="Unit">By the newest rules; null when nobody said.</param>
/// <param name="Value">A packed position where the metric is one.</param>
public sealed record TracedValue(string Metric, string? Unit, double Value, Quality Quality)
{
    /// <summary>No form in line protocol: bad, or no number.</summary>
    public bool IsUnusable => Quality == Quality.Bad || (!PositionMetric.Is(Metric) && !double.IsFinite(Value));
}
