namespace Fengsui.Rules.Binding;

/// <summary>The number that a function with memory gives.</summary>
internal sealed class CellNumberNode(CellSpec spec) : NumberNode, ICellNode
{
    public CellSpec Spec { get; } = spec;

    public override IReadOnlyList<BoundNode> Children => Spec.Arguments;

    public override string ToString() => Spec.ToString();
}
