using Fengsui.Rules.Binding;
using Fengsui.Rules.Library;

namespace Fengsui.Rules.Parsing;

/// <summary>What a rule reads: its metrics by name, then functions with memory and zone inputs in the order of the text, each once.</summary>
internal sealed record RuleInputs(IReadOnlyList<string> Metrics, IReadOnlyList<string> Names, IReadOnlyList<BoundNode> Nodes)
{
    public static RuleInputs Of(IReadOnlyList<RuleLevel> levels)
    {
        var all = levels.SelectMany(level => level.Nodes).SelectMany(node => node.All()).ToList();
        MetricNode[] metrics = [.. all.OfType<MetricNode>().DistinctBy(metric => metric.Metric).OrderBy(metric => metric.Metric, StringComparer.Ordinal)];
        BoundNode[] others = [.. all.Where(node => node is ICellNode or IZoneNode).DistinctBy(node => node.ToString())];
        string[] names = [.. metrics.Select(metric => metric.Metric)];
        return new RuleInputs(names, [.. names, .. others.Select(WrittenOf)], [.. metrics, .. others]);
    }

    /// <summary>Parallel to <see cref="Names"/>; empty where nobody said.</summary>
    public IReadOnlyList<string> UnitsIn(RuleLibrary library) =>
        [.. Nodes.Select(node => node switch
        {
            MetricNode metric => library.UnitOf(metric.Metric)?.Name ?? "",
            ICellNode cell => cell.Spec.Unit,
            _ => "",
        })];

    private static string WrittenOf(BoundNode node) => node is ICellNode cell ? cell.Spec.Written : ((IZoneNode)node).Input.Written;
}
