using Fengsui.Rules.Binding;
using Fengsui.Rules.Library.Metrics;
using Fengsui.Rules.Library.Routes;
using Fengsui.Rules.Library.Schedules;

namespace Fengsui.Rules.Library;

/// <summary>What the rules of one rule set lean on beside themselves: what is known of metrics, and the sections and files beside the groups.</summary>
internal sealed class RuleLibrary
{
    public static RuleLibrary Empty { get; } = new();

    public MetricDeclarations Metrics { get; init; } = MetricDeclarations.Empty;

    public RouteTable Routes { get; init; } = RouteTable.Empty;

    public ScheduleTable Schedules { get; init; } = ScheduleTable.Empty;

    /// <summary>Whether a metric holds until it changes, rather than being a sample of something that moves on.</summary>
    public bool IsState(string metric) => Metrics.Find(metric)?.IsState ?? StateMetrics.Contains(metric);

    /// <summary>The unit in which a metric is reported; null when nobody said.</summary>
    public Unit? UnitOf(string metric) => Metrics.Find(metric)?.Unit ?? UnitTable.NaturalUnitOf(metric);
}
