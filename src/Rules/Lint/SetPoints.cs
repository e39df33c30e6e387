using Fengsui.Rules.Binding;
using Fengsui.Rules.Model;
using Fengsui.Rules.Zones;

namespace Fengsui.Rules.Lint;

/// <summary>Finds the set-points of a condition: metrics, their short averages and what a zone makes of them, against constants.</summary>
internal static class SetPoints
{
    /// <summary>Functions that give what their metric measures, only steadier. An exposure is not among them: it has limits of its own.</summary>
    private static readonly string[] Steadying = ["avg", "min", "max", "median", "quantile", "last", "first"];

    /// <param name="profile">Whose set-points of tables and labels count; null: only constants do.</param>
    public static IReadOnlyList<SetPoint> Of(TruthNode condition, DeviceProfile? profile) => Of(condition, profile, isNegated: false);

    /// <summary>Metrics that conditions read, those of a zone's members too.</summary>
    public static IEnumerable<string> MetricsOf(IEnumerable<BoundNode> nodes) =>
        nodes.SelectMany(Deep).OfType<MetricNode>().Select(metric => metric.Metric).Distinct();

    private static IEnumerable<BoundNode> Deep(BoundNode node) => node.All()
        .SelectMany(one => one is IZoneNode { Input: ZoneAggregate aggregate } ? Deep(aggregate.Inner).Prepend(one) : [one]);

    private static IReadOnlyList<SetPoint> Of(BoundNode node, DeviceProfile? profile, bool isNegated) => node switch
    {
        NotNode not => Of(not.Operand, profile, !isNegated),
        LogicNode logic => Join(Of(logic.Left, profile, isNegated), Of(logic.Right, profile, isNegated), areBothNeeded: logic.IsAnd != isNegated),
        AtLeastNode some => some.Children.Select(child => Of(child, profile, isNegated)).Aggregate((left, right) => Join(left, right, areBothNeeded: false)),
        CompareNode compare => Of(compare, profile, isNegated),
        IZoneNode { Input: ZoneAggregate { Inner: TruthNode inner } } => Of(inner, profile, isNegated),
        _ => [],
    };

    /// <summary>Where both sides are needed the farther set-point decides, otherwise the nearer.</summary>
    private static SetPoint[] Join(IReadOnlyList<SetPoint> left, IReadOnlyList<SetPoint> right, bool areBothNeeded) =>
        [.. left.Concat(right)
            .GroupBy(point => (point.Metric, point.IsUpper))
            .Select(group => group.Key.IsUpper == areBothNeeded ? group.MaxBy(point => point.Value) : group.MinBy(point => point.Value))];

    private static IReadOnlyList<SetPoint> Of(CompareNode compare, DeviceProfile? profile, bool isNegated)
    {
        var isTurned = compare.Left is ConstantNode or ProfileNumberNode;
        var (term, constant) = isTurned ? (compare.Right, compare.Left) : (compare.Left, compare.Right);
        bool? isGreater = compare.Operator switch
        {
            ComparisonOperator.Greater or ComparisonOperator.GreaterOrEqual => true,
            ComparisonOperator.Less or ComparisonOperator.LessOrEqual => false,
            _ => null,
        };
        return isGreater is { } greater && ValueOf(constant, profile) is { } value && MetricOf(term) is { } metric
            ? [new SetPoint(metric, greater ^ isTurned ^ isNegated, value)]
            : [];
    }

    private static double? ValueOf(NumberNode node, DeviceProfile? profile) => node switch
    {
        ConstantNode constant => constant.Value,
        ProfileNumberNode number when profile is not null && number.Resolve(profile) is var value && double.IsFinite(value) => value,
        _ => null,
    };

    private static string? MetricOf(BoundNode term) => term switch
    {
        MetricNode metric => metric.Metric,
        CellNumberNode { Spec: { Arguments: [MetricNode metric, ..] } spec } when Steadying.Any(name => spec.Written.StartsWith(name + "(", StringComparison.Ordinal)) => metric.Metric,
        ZoneNumberNode { Input: ZoneAggregate { Kind: AggregateKind.Minimum or AggregateKind.Maximum or AggregateKind.Average } aggregate } => MetricOf(aggregate.Inner),
        _ => null,
    };
}
