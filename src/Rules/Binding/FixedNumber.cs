using Fengsui.Rules.Model;

namespace Fengsui.Rules.Binding;

/// <summary>Arithmetic over numbers that no reading changes: literals, labels, set-points. The result is such a number again.</summary>
internal static class FixedNumber
{
    /// <summary>Null when either side depends on readings.</summary>
    public static NumberNode? Combine(ArithmeticOperator op, NumberNode left, NumberNode right)
    {
        if (left is ConstantNode a && right is ConstantNode b)
        {
            return new ConstantNode(Compute(op, a.Value, b.Value));
        }

        return ResolverOf(left) is { } first && ResolverOf(right) is { } second
            ? new ProfileNumberNode($"({op} {left} {right})", profile => Known(Compute(op, first(profile), second(profile))))
            : null;
    }

    /// <summary>The number in another unit that its own converts to; null when it depends on readings.</summary>
    public static NumberNode? Convert(NumberNode node, Unit from, Unit to)
    {
        if (node is ConstantNode constant)
        {
            return new ConstantNode(from.Convert(constant.Value, to));
        }

        return ResolverOf(node) is { } resolve
            ? new ProfileNumberNode($"(in {to.Name} {from.Name} {node})", profile => Known(from.Convert(resolve(profile), to)))
            : null;
    }

    private static Func<DeviceProfile, double>? ResolverOf(NumberNode node) => node switch
    {
        ConstantNode constant => _ => constant.Value,
        ProfileNumberNode number => number.Resolve,
        _ => null,
    };

    private static double Compute(ArithmeticOperator op, double a, double b) => op switch
    {
        ArithmeticOperator.Add => a + b,
        ArithmeticOperator.Subtract => a - b,
        ArithmeticOperator.Multiply => a * b,
        _ => a / b,
    };

    /// <summary>An overflow or a division by zero is nothing that a reading could be compared with.</summary>
    private static double Known(double value) => double.IsFinite(value) ? value : double.NaN;
}
