namespace Fengsui.Rules.Binding;

/// <summary>Kleene's <c>and</c> or <c>or</c>.</summary>
internal sealed class LogicNode(bool isAnd, TruthNode left, TruthNode right) : TruthNode
{
    public bool IsAnd { get; } = isAnd;

    public TruthNode Left { get; } = left;

    public TruthNode Right { get; } = right;

    public override string ToString() => $"({(IsAnd ? "and" : "or")} {Left} {Right})";

    public override IReadOnlyList<BoundNode> Children => [Left, Right];
}
