namespace Fengsui.Rules.Binding;

/// <summary>The truth that a function with memory gives.</summary>
internal sealed class CellTruthNode(CellSpec spec) : TruthNode, ICellNode
{
    public CellSpec Spec { get; } = spec;

    public override IReadOnlyList<BoundNode> Children => Spec.Arguments;

    public override string ToString() => Spec.ToString();
}
