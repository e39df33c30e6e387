using Fengsui.Rules.Binding;

namespace Fengsui.Rules.Library;

/// <summary>What the rules of one rule set lean on beside themselves: what is known of metrics, and the sections and files beside the groups.</summary>
internal sealed class RuleLibrary
{
    public static RuleLibrary Empty { get; } = new();

    /// <summary>Whether a metric holds until it changes, rather than being a sample of something that moves on.</summary>
    public bool IsState(string metric) => StateMetrics.Contains(metric);

    /// <summary>The unit in which a metric is reported; null when nobody said.</summary>
    public Unit? UnitOf(string metric) => UnitTable.NaturalUnitOf(metric);
}
