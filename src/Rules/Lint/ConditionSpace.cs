using System.Globalization;
using Fengsui.Rules.Binding;

namespace Fengsui.Rules.Lint;

/// <summary>
/// Decides whether conditions can be true together. A comparison of a term with a constant changes its truth at the
/// constant only, so it is enough to try each constant and one value between any two. Whatever is no such comparison is
/// tried as true and as false. Terms are taken to be free of each other; where they are not, more seems possible
/// than is, so "never" and "always" are certain.
/// </summary>
internal sealed class ConditionSpace
{
    /// <summary>Bound on the combinations that are tried; beyond it nothing is said.</summary>
    private const int MaxPoints = 20_000;

    private readonly SortedDictionary<string, SortedSet<double>> _breaks = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> _point = new(StringComparer.Ordinal);
    private bool _isPlain = true;

    /// <summary>Null when there is too much to try.</summary>
    public static ConditionRelation? Relate(TruthNode first, TruthNode second)
    {
        var space = new ConditionSpace();
        space.Collect(first);
        space.Collect(second);
        return space.Enumerate(first, second);
    }

    private static (NumberNode Term, double Value, ComparisonOperator Operator)? Split(CompareNode node) => node switch
    {
        { Right: ConstantNode right, Left: not ConstantNode } => (node.Left, right.Value, node.Operator),
        { Left: ConstantNode left, Right: not ConstantNode } => (node.Right, left.Value, Turned(node.Operator)),
        _ => null,
    };

    private static ComparisonOperator Turned(ComparisonOperator op) => op switch
    {
        ComparisonOperator.Greater => ComparisonOperator.Less,
        ComparisonOperator.GreaterOrEqual => ComparisonOperator.LessOrEqual,
        ComparisonOperator.Less => ComparisonOperator.Greater,
        ComparisonOperator.LessOrEqual => ComparisonOperator.GreaterOrEqual,
        _ => op,
    };

    private void Collect(TruthNode node)
    {
        switch (node)
        {
            case TruthConstantNode:
                break;
            case LogicNode or NotNode or AtLeastNode:
                foreach (var child in node.Children.OfType<TruthNode>())
                {
                    Collect(child);
                }

                break;
            case CompareNode compare when Split(compare) is { } split:
                Add(split.Term, split.Value);
                break;
            default:
                Add(node, 0.5);
                break;
        }
    }

    private void Add(BoundNode term, double at)
    {
        var key = term.ToString();
        _isPlain &= term is MetricNode;
        _names[key] = term switch { MetricNode metric => metric.Metric, CellNumberNode cell => cell.Spec.Written, ZoneNumberNode zone => zone.Input.Written, _ => "" };
        if (!_breaks.TryGetValue(key, out var breaks))
        {
            _breaks[key] = breaks = [];
        }

        breaks.Add(at);
    }

    private ConditionRelation? Enumerate(TruthNode first, TruthNode second)
    {
        var keys = _breaks.Keys.ToArray();
        var choices = keys.Select(key => Representatives(_breaks[key])).ToArray();
        if (choices.Aggregate(1L, (product, one) => Math.Min(product * one.Length, MaxPoints + 1L)) > MaxPoints)
        {
            return null;
        }

        var relation = new ConditionRelation(false, false, false, false, _isPlain || keys.Length == 1, "");
        var at = new int[keys.Length];
        do
        {
            for (var i = 0; i < keys.Length; i++)
            {
                _point[keys[i]] = choices[i][at[i]];
            }

            relation = Widen(relation, Holds(first), Holds(second));
        }
        while (Next(at, choices));
        return relation;
    }

    private ConditionRelation Widen(ConditionRelation known, bool first, bool second) => (first, second) switch
    {
        (true, false) => known with { FirstOnly = true },
        (false, true) => known with { SecondOnly = true },
        (false, false) => known with { Neither = true },
        _ => known.Both ? known : known with { Both = true, BothAt = Describe() },
    };

    private string Describe() => string.Join(", ", _point
        .Where(value => _names[value.Key].Length > 0)
        .Select(value => string.Create(CultureInfo.InvariantCulture, $"{_names[value.Key]} {value.Value}")));

    private static double[] Representatives(SortedSet<double> breaks)
    {
        var values = new List<double> { breaks.Min - 1 };
        var previous = double.NaN;
        foreach (var at in breaks)
        {
            if (!double.IsNaN(previous))
            {
                values.Add(previous + ((at - previous) / 2));
            }

            values.Add(at);
            previous = at;
        }

        values.Add(previous + 1);
        return [.. values];
    }

    private static bool Next(int[] at, double[][] choices)
    {
        for (var i = 0; i < at.Length; i++)
        {
            if (++at[i] < choices[i].Length)
            {
                return true;
            }

            at[i] = 0;
        }

        return false;
    }

    private bool Holds(TruthNode node) => node switch
    {
        TruthConstantNode constant => constant.Value,
        LogicNode { IsAnd: true } and => Holds(and.Left) && Holds(and.Right),
        LogicNode or => Holds(or.Left) || Holds(or.Right),
        NotNode not => !Holds(not.Operand),
        AtLeastNode some => some.Children.OfType<TruthNode>().Count(Holds) >= some.Wanted,
        CompareNode compare when Split(compare) is { } split => Compare(_point[split.Term.ToString()], split.Operator, split.Value),
        _ => _point[node.ToString()] > 0.5,
    };

    private static bool Compare(double left, ComparisonOperator op, double right) => op switch
    {
        ComparisonOperator.Greater => left > right,
        ComparisonOperator.GreaterOrEqual => left >= right,
        ComparisonOperator.Less => left < right,
        ComparisonOperator.LessOrEqual => left <= right,
        ComparisonOperator.Equal => left == right,
        _ => left != right,
    };
}
