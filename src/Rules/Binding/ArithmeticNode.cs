namespace Fengsui.Rules.Binding;

internal sealed class ArithmeticNode(ArithmeticOperator op, NumberNode left, NumberNode right) : NumberNode
{
    public ArithmeticOperator Operator { get; } = op;

    public NumberNode Left { get; } = left;

    public NumberNode Right { get; } = right;

    public override string ToString() => $"({Operator} {Left} {Right})";

    public override IReadOnlyList<BoundNode> Children => [Left, Right];
}
