namespace Fengsui.Rules.Tests.Properties.Language;

/// <summary>Random expressions of bounded depth over the metrics of <see cref="Metric.Names"/>.</summary>
/// <param name="hasFunctions">Also functions with memory.</param>
internal sealed class RandomExpression(Random random, bool hasFunctions)
{
    private static readonly long[] Windows = [1000, 1700, 5000, 10_000, 60_000, 600_000];

    private static readonly double[] Shares = [0, 0.25, 0.5, 0.9, 1];

    public Node Condition(int depth) => depth <= 0 ? Comparison(0) : random.Next(hasFunctions ? 9 : 5) switch
    {
        0 => new Logic("not", 0, Condition(depth - 1)),
        1 => new Logic("and", 0, Condition(depth - 1), Condition(depth - 1)),
        2 => new Logic("or", 0, Condition(depth - 1), Condition(depth - 1)),
        3 => random.Next(2) == 0 ? new Logic("known", 0, Number(depth - 1)) : new Logic("at_least", random.Next(1, 4), Condition(depth - 1), Condition(depth - 1), Condition(0)),
        4 => Comparison(depth),
        5 => TruthFunction(depth),
        6 => TruthFunction(depth),
        _ => Comparison(depth),
    };

    public Node Comparison(int depth)
    {
        var (left, sign) = (Number(depth), Language.Comparison.Signs[random.Next(Language.Comparison.Signs.Length)]);
        Node right = depth > 0 && random.Next(4) == 0 && !left.HasUnit && IsExact(left) && Number(0) is { HasUnit: false } other ? other : Threshold(left);
        return random.Next(3) == 0 ? new Comparison(sign, right, left) : new Comparison(sign, left, right);
    }

    private Node Number(int depth)
    {
        if (depth <= 0 || random.Next(4) == 0)
        {
            return AnyMetric();
        }

        if (hasFunctions && random.Next(3) > 0)
        {
            return NumberFunction(depth);
        }

        return random.Next(6) switch
        {
            0 => new Arithmetic("abs", Number(depth - 1)),
            1 => new Arithmetic("negate", Number(depth - 1)),
            _ when Number(depth - 1) is { HasUnit: false } left => new Arithmetic("+-*/".Substring(random.Next(4), 1), left, random.Next(3) == 0 ? new Constant(random.Next(4)) : AnyMetric()),
            _ => AnyMetric(),
        };
    }

    private Node NumberFunction(int depth) => random.Next(20) switch
    {
        0 or 1 => new Average(Window(), random.Next(2) == 0 ? null : random.Next(1, 10) * 100, Number(depth - 1)),
        2 => new Changes(Window(), Exact(depth - 1)),
        3 or 4 => new Quantile(Shares[random.Next(Shares.Length)], Window(), Number(depth - 1)),
        5 => new Latest(Number(depth - 1)),
        6 => Silence.Age(Number(depth - 1)),
        7 => new Exposure(random.Next(2) == 0 ? "stel" : "twa", random.Next(2) == 0 ? null : random.Next(1, 10) * 30_000, null, Number(depth - 1)),
        8 when Number(depth - 1) is { HasUnit: false } x => new Exposure(random.Next(2) == 0 ? "stel" : "twa", random.Next(2) == 0 ? null : random.Next(1, 10) * 30_000, random.Next(1, 4), x),
        _ => new WindowFunction(WindowFunction.Names[random.Next(WindowFunction.Names.Length)], Window(), Number(depth - 1)),
    };

    private Node TruthFunction(int depth) => random.Next(7) switch
    {
        0 => Silence.Absent(Number(depth - 1), Window()),
        1 => Silence.Stale(Exact(depth - 1), Window(), random.Next(2) == 0 ? null : AnyMetric()),
        2 => new Stuck(Window(), random.Next(3), Exact(depth - 1)),
        3 => RecentTruths(depth),
        _ => new Followed(random.Next(2) == 0, Window(), Condition(depth - 1), Condition(depth - 1)),
    };

    private RecentTruths RecentTruths(int depth)
    {
        var of = random.Next(4) == 0 ? 63 : random.Next(1, 6);
        return new RecentTruths(random.Next(1, Math.Min(of, 5) + 1), of, Condition(depth - 1));
    }

    private Metric AnyMetric() => new(Metric.Names[random.Next(5) == 0 ? random.Next(Metric.Names.Length) : random.Next(3)]);

    private long Window() => Windows[random.Next(Windows.Length)];

    /// <summary>Of values that are exact, one that they may well equal; of others one that rounding never decides.</summary>
    private Constant Threshold(Node left)
    {
        var scale = left is Silence or Exposure { HasUnit: true } ? 5 : 1;
        return new Constant((scale * random.Next(-2, 4)) + (IsExact(left) ? 0 : 0.013579));
    }

    /// <summary>A number of which the last bit never decides.</summary>
    private Node Exact(int depth) => Number(depth) is { } number && IsExact(number) ? number : AnyMetric();

    private static bool IsExact(Node number) => !number.All().Any(node =>
        node is Exposure or Average or WindowFunction { IsRounded: true } || (node is Arithmetic && node.Text.Contains(" / ", StringComparison.Ordinal)));
}
