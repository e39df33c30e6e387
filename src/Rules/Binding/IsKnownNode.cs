namespace Fengsui.Rules.Binding;

/// <summary>Whether a value is known: true or false, never unknown.</summary>
internal sealed class IsKnownNode(BoundNode operand) : TruthNode
{
    public BoundNode Operand { get; } = operand;

    public override IReadOnlyList<BoundNode> Children => [Operand];

    public override string ToString() => $"(known {Operand})";
}
