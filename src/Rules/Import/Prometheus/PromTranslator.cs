using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Import.Prometheus;

/// <summary>Says one PromQL expression in our language, or why that cannot be done.</summary>
internal sealed class PromTranslator
{
    /// <summary>How long a series counts there after its last sample.</summary>
    public const long LookBackMs = 300_000;

    private const string ZoneLabel = "zone";

    /// <summary>Functions over a range, by what they are here.</summary>
    private static readonly Dictionary<string, string> RangeFunctions = new(StringComparer.Ordinal)
    {
        ["avg_over_time"] = "mean",
        ["min_over_time"] = "min",
        ["max_over_time"] = "max",
        ["sum_over_time"] = "sum",
        ["count_over_time"] = "count",
        ["stddev_over_time"] = "stddev",
        ["first_over_time"] = "first",
        ["last_over_time"] = "last",
        ["delta"] = "delta",
        ["increase"] = "delta",
        ["rate"] = "rate",
        ["deriv"] = "rate",
        ["changes"] = "changes",
        ["absent_over_time"] = "absent",
    };

    private static readonly string[] ZoneAggregations = ["sum", "min", "max", "avg", "count"];

    private readonly List<IReadOnlyList<PromMatcher>> _matchers = [];
    private readonly SortedSet<string> _assumptions = new(StringComparer.Ordinal);

    /// <summary>Why not, and where; null while all is well.</summary>
    public (int At, string Message)? Failure { get; private set; }

    public IReadOnlyCollection<string> Assumptions => _assumptions;

    /// <summary>The labels by which every selector chooses its series.</summary>
    public IReadOnlyList<PromMatcher> Matchers => _matchers.Count == 0 ? [] : _matchers[0];

    public bool IsZoneScope { get; private set; }

    /// <summary>The first number that the expression reads, as an annotation names it.</summary>
    public string? FirstInput { get; private set; }

    /// <summary>Null, with <see cref="Failure"/>, when it is no condition that our language has.</summary>
    public string? Translate(PromNode node)
    {
        if (Of(node) is not { } translation)
        {
            return null;
        }

        if (!translation.IsCondition)
        {
            Fail(node, "it fires whenever the series exists: there is no comparison");
            return null;
        }

        return Failure is null ? translation.Text : null;
    }

    private PromTranslation? Of(PromNode node) => node switch
    {
        PromNumber number => new PromTranslation(number.Text, false, PromTranslation.Whole),
        PromSelector selector => OfSelector(selector),
        PromNegation negation => Of(negation.Operand) is { IsCondition: false } inner ? new PromTranslation("-" + inner.Within(7), false, 7) : Fail(node, "a sign before a condition"),
        PromCall call => OfCall(call),
        PromAggregate aggregate => OfAggregate(aggregate),
        PromBinary binary => OfBinary(binary),
        _ => Fail(node, "a text has no meaning in a rule"),
    };

    private PromTranslation? OfSelector(PromSelector selector) =>
        selector.RangeMs is not null ? Fail(selector, "a range without a function over it") : MetricOf(selector);

    private PromTranslation? MetricOf(PromSelector selector)
    {
        if (selector.IsMoved)
        {
            return Fail(selector, "'offset' and '@': rules see what is now");
        }

        if (selector.Metric.Length == 0)
        {
            return Fail(selector, "a selector without the name of a metric");
        }

        Remember(selector);
        var name = selector.Metric.Contains(':', StringComparison.Ordinal) ? $"`{selector.Metric}`" : selector.Metric;
        FirstInput ??= selector.Metric;
        return new PromTranslation(name, false, PromTranslation.Whole);
    }

    private void Remember(PromSelector selector)
    {
        IReadOnlyList<PromMatcher> sorted = [.. selector.Matchers.OrderBy(matcher => matcher.Label, StringComparer.Ordinal)];
        if (_matchers.Count > 0 && !_matchers[0].SequenceEqual(sorted))
        {
            Fail(selector, "its selectors choose by different labels: a rule selects its devices once");
        }

        _matchers.Add(sorted);
    }

    private PromTranslation? OfCall(PromCall call)
    {
        if (call is { Function: "abs", Arguments: [var number] })
        {
            return Of(number) is { IsCondition: false } x ? new PromTranslation($"abs({x.Text})", false, PromTranslation.Whole) : Fail(call, "abs of a condition");
        }

        if (call is { Function: "absent", Arguments: [PromSelector { RangeMs: null } absent] })
        {
            return MetricOf(absent) is { } metric ? new PromTranslation($"absent({metric.Text}, {DurationText.Format(LookBackMs)})", true, PromTranslation.Whole) : null;
        }

        if (RangeFunctions.TryGetValue(call.Function, out var ours) && call.Arguments is [PromSelector { RangeMs: { } range } selector])
        {
            return OfRange(call.Function, ours, selector, range);
        }

        if (call is { Function: "quantile_over_time", Arguments: [PromNumber quantile, PromSelector { RangeMs: { } over } values] })
        {
            return OfQuantile(quantile, values, over);
        }

        return Fail(call, $"there is nothing like the function '{call.Function}', or not with these arguments");
    }

    private PromTranslation? OfRange(string theirs, string ours, PromSelector selector, long rangeMs)
    {
        var isFirst = FirstInput is null;
        if (MetricOf(selector) is not { } metric)
        {
            return null;
        }

        if (theirs is "increase" or "rate")
        {
            _assumptions.Add($"{theirs}() there copes with counters that begin anew and reaches to the ends of its range; {ours}() here is the plain difference of two readings");
        }

        if (theirs == "deriv")
        {
            _assumptions.Add("deriv() there is the slope of a fitted line; rate() here is that between the first and the last reading");
        }

        var text = $"{ours}({metric.Text}, {DurationText.Format(rangeMs)})";
        FirstInput = isFirst ? text : FirstInput;
        return new PromTranslation(text, ours == "absent", PromTranslation.Whole);
    }

    private PromTranslation? OfQuantile(PromNumber quantile, PromSelector selector, long rangeMs)
    {
        var isFirst = FirstInput is null;
        if (MetricOf(selector) is not { } metric)
        {
            return null;
        }

        var text = $"quantile({metric.Text}, {quantile.Text}, {DurationText.Format(rangeMs)})";
        FirstInput = isFirst ? text : FirstInput;
        return new PromTranslation(text, false, PromTranslation.Whole);
    }

    private PromTranslation? OfAggregate(PromAggregate aggregate)
    {
        if (aggregate is not { By: [ZoneLabel], Arguments: [var argument] } || !ZoneAggregations.Contains(aggregate.Operation))
        {
            return Fail(aggregate, $"'{aggregate.Operation}' over series: only sum, min, max, avg and count by ({ZoneLabel}) have a meaning here");
        }

        var isFirst = FirstInput is null;
        var inner = Of(argument);
        if (inner is null || inner.IsCondition != (aggregate.Operation == "count"))
        {
            return inner is null ? null : Fail(aggregate, $"'{aggregate.Operation}' over {(inner.IsCondition ? "a condition" : "a value")}");
        }

        IsZoneScope = true;
        var text = $"{aggregate.Operation}({ZoneLabel}, {inner.Text})";
        FirstInput = isFirst ? text : FirstInput;
        return new PromTranslation(text, false, PromTranslation.Whole);
    }

    private PromTranslation? OfBinary(PromBinary binary)
    {
        var left = Of(binary.Left);
        var right = Of(binary.Right);
        if (left is null || right is null)
        {
            return null;
        }

        if (binary.HasMatching)
        {
            _assumptions.Add("series are matched by their device here, whatever 'on' and 'ignoring' said");
        }

        return binary.Operator switch
        {
            "and" => Join(" and ", 2, Truth(left), Truth(right)),
            "or" => Join(" or ", 1, Truth(left), Truth(right)),
            "unless" => Join(" and ", 2, Truth(left), new PromTranslation("not " + Truth(right).Within(3), true, 3)),
            "==" or "!=" or ">" or "<" or ">=" or "<=" => Compare(binary, left, right),
            "+" or "-" => Calculate(binary, left, right, 5),
            "*" or "/" => Calculate(binary, left, right, 6),
            _ => Fail(binary, $"there is no operator '{binary.Operator}'"),
        };
    }

    /// <summary>Joined with <c>and</c> or <c>or</c>, a series counts by being there.</summary>
    private static PromTranslation Truth(PromTranslation side) => side.IsCondition ? side : new PromTranslation($"known({side.Text})", true, PromTranslation.Whole);

    private static PromTranslation Join(string word, int power, PromTranslation left, PromTranslation right) =>
        new(left.Within(power) + word + right.Within(power + 1), true, power);

    private PromTranslation? Compare(PromBinary binary, PromTranslation left, PromTranslation right)
    {
        if (binary.IsBool)
        {
            return Fail(binary, "'bool' makes a number of a comparison");
        }

        // absent(x) == 1 is absent(x).
        if (left.IsCondition && binary.Operator == "==" && right.Text == "1")
        {
            return left;
        }

        return left.IsCondition || right.IsCondition
            ? Fail(binary, "a comparison of a comparison")
            : new PromTranslation($"{left.Within(5)} {binary.Operator} {right.Within(5)}", true, 4);
    }

    private PromTranslation? Calculate(PromBinary binary, PromTranslation left, PromTranslation right, int power) =>
        left.IsCondition || right.IsCondition
            ? Fail(binary, "arithmetic with a comparison")
            : new PromTranslation($"{left.Within(power)} {binary.Operator} {right.Within(power + 1)}", false, power);

    private PromTranslation? Fail(PromNode node, string message)
    {
        Failure ??= (node.Start, message);
        return null;
    }
}
