using Fengsui.Rules.Binding;
using Fengsui.Rules.Zones;

namespace Fengsui.Rules.Lint;

/// <summary>Finds the set-points of a condition: metrics, their short averages and what a zone makes of them, against constants.</summary>
internal static class SetPoints
{
    /// <summary>Functions that give what their metric measures, only steadier. An exposure is not among them: it has limits of its own.</summary>
    private static readonly string[] Steadying = ["avg", "min", "max", "median", "quantile", "last", "first"];

    public static IReadOnlyList<SetPoint> Of(TruthNode condition) => Of(condition, isNegated: false);

    /// <summary>Metrics that conditions read, those of a zone's members too.</summary>
    public static IEnumerable<string> MetricsOf(IEnumerable<BoundNode> nodes) =>
        nodes.SelectMany(Deep).OfType<MetricNode>().Select(metric => metric.Metric).Distinct();

    private static IEnumerable<BoundNode> Deep(BoundNode node) => node.All()
        .SelectMany(one => one is IZoneNode { Input: ZoneAggregate aggregate } ? Deep(aggregate.Inner).Prepend(one) : [one]);

    private static IReadOnlyList<SetPoint> Of(BoundNode node, bool isNegated) => node switch
    {
        NotNode not => Of(not.Operand, !isNegated),
        LogicNode logic => Join(Of(logic.Left, isNegated), Of(logic.Right, isNegated), areBothNeeded: logic.IsAnd != isNegated),
        AtLeastNode some => some.Children.Select(child => Of(child, isNegated)).Aggregate((left, right) => Join(left, right, areBothNeeded: false)),
        CompareNode compare => Of(compare, isNegated),
        IZoneNode { Input: ZoneAggregate { Inner: TruthNode inner } } => Of(inner, isNegated),
        _ => [],
    };

    /// <summary>Where both sides are needed the farther set-point decides, otherwise the nearer.</summary>
    private static SetPoint[] Join(IReadOnlyList<SetPoint> left, IReadOnlyList<SetPoint> right, bool areBothNeeded) =>
        [.. left.Concat(right)
            .GroupBy(point => (point.Metric, point.IsUpper))
            .Select(group => group.Key.IsUpper == areBothNeeded ? group.MaxBy(point => point.Value) : group.MinBy(point => point.Value))];

    private static IReadOnlyList<SetPoint> Of(CompareNode compare, bool isNegated)
    {
        var isTurned = compare.Left is ConstantNode;
        var (term, constant) = isTurned ? (compare.Right, compare.Left) : (compare.Left, compare.Right);
        bool? isGreater = compare.Operator switch
        {
            ComparisonOperator.Greater or ComparisonOperator.GreaterOrEqual => true,
            ComparisonOperator.Less or ComparisonOperator.LessOrEqual => false,
            _ => null,
        };
        return isGreater is { } greater && constant is ConstantNode value && MetricOf(term) is { } metric
            ? [new SetPoint(metric, greater ^ isTurned ^ isNegated, value.Value)]
            : [];
    }

    private static string? MetricOf(BoundNode term) => term switch
    {
        MetricNode metric => metric.Metric,
        CellNumberNode { Spec: { Arguments: [MetricNode metric, ..] } spec } when Steadying.Any(name => spec.Written.StartsWith(name + "(", StringComparison.Ordinal)) => metric.Metric,
        ZoneNumberNode { Input: ZoneAggregate { Kind: AggregateKind.Minimum or AggregateKind.Maximum or AggregateKind.Average } aggregate } => MetricOf(aggregate.Inner),
        _ => null,
    };
}
