namespace Fengsui.Rules.Binding;

internal sealed class NotNode(TruthNode operand) : TruthNode
{
    public TruthNode Operand { get; } = operand;

    public override string ToString() => $"(not {Operand})";

    public override IReadOnlyList<BoundNode> Children => [Operand];
}
