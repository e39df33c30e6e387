using System.Globalization;
using Fengsui.Rules.Model;

namespace Fengsui.Rules.Tests.Properties;

/// <summary>A random condition: it prints itself as a rule would write it and evaluates itself in the most obvious way.</summary>
internal abstract record Expr
{
    public abstract string Text { get; }

    public abstract Truth Evaluate(IReadOnlyDictionary<string, double> values);

    public static Expr Random(Random random, IReadOnlyList<string> metrics, int depth)
    {
        return depth == 0 || random.Next(3) == 0 ? Compare.Random(random, metrics) : random.Next(3) switch
        {
            0 => new Not(Random(random, metrics, depth - 1)),
            1 => new And(Random(random, metrics, depth - 1), Random(random, metrics, depth - 1)),
            _ => new Or(Random(random, metrics, depth - 1), Random(random, metrics, depth - 1)),
        };
    }

    internal sealed record Not(Expr Operand) : Expr
    {
        public override string Text => $"not ({Operand.Text})";

        public override Truth Evaluate(IReadOnlyDictionary<string, double> values) => Operand.Evaluate(values) switch
        {
            Truth.True => Truth.False,
            Truth.False => Truth.True,
            _ => Truth.Unknown,
        };
    }

    internal sealed record And(Expr Left, Expr Right) : Expr
    {
        public override string Text => $"({Left.Text}) and ({Right.Text})";

        public override Truth Evaluate(IReadOnlyDictionary<string, double> values)
        {
            var (left, right) = (Left.Evaluate(values), Right.Evaluate(values));
            return left == Truth.False || right == Truth.False ? Truth.False
                : left == Truth.True && right == Truth.True ? Truth.True
                : Truth.Unknown;
        }
    }

    internal sealed record Or(Expr Left, Expr Right) : Expr
    {
        public override string Text => $"{Left.Text} or ({Right.Text})";

        public override Truth Evaluate(IReadOnlyDictionary<string, double> values)
        {
            var (left, right) = (Left.Evaluate(values), Right.Evaluate(values));
            return left == Truth.True || right == Truth.True ? Truth.True
                : left == Truth.False && right == Truth.False ? Truth.False
                : Truth.Unknown;
        }
    }

    /// <summary>factor × a ⊕ b compared with a constant, written either way round; ⊕ may be nothing.</summary>
    internal sealed record Compare(string Metric, string? Second, char Sign, string Operator, double Constant, bool Mirrored) : Expr
    {
        private static readonly string[] Operators = [">", ">=", "<", "<=", "==", "!="];

        public override string Text
        {
            get
            {
                var number = Constant.ToString(CultureInfo.InvariantCulture);
                var value = Second is null ? Metric : $"{Metric} {Sign} {Second}";
                return Mirrored ? $"{number} {Operator} {value}" : $"{value} {Operator} {number}";
            }
        }

        public static Compare Random(Random random, IReadOnlyList<string> metrics) => new(
            metrics[random.Next(metrics.Count)],
            random.Next(4) == 0 ? metrics[random.Next(metrics.Count)] : null,
            "+-*/"[random.Next(4)],
            Operators[random.Next(Operators.Length)],
            random.Next(-2, 4),
            random.Next(3) == 0);

        public override Truth Evaluate(IReadOnlyDictionary<string, double> values)
        {
            var value = ValueOf(Metric, values);
            if (Second is not null)
            {
                var second = ValueOf(Second, values);
                value = Sign switch { '+' => value + second, '-' => value - second, '*' => value * second, _ => value / second };
            }

            if (!double.IsFinite(value))
            {
                return Truth.Unknown;
            }

            var (left, right) = Mirrored ? (Constant, value) : (value, Constant);
            var result = Operator switch
            {
                ">" => left > right,
                ">=" => left >= right,
                "<" => left < right,
                "<=" => left <= right,
                "==" => left == right,
                _ => left != right,
            };
            return result ? Truth.True : Truth.False;
        }

        private static double ValueOf(string metric, IReadOnlyDictionary<string, double> values) =>
            values.TryGetValue(metric, out var value) && double.IsFinite(value) ? value : double.NaN;
    }
}
