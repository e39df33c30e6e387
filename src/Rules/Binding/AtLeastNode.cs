namespace Fengsui.Rules.Binding;

/// <summary>True when at least <paramref name="wanted"/> of the conditions are.</summary>
internal sealed class AtLeastNode(int wanted, IReadOnlyList<TruthNode> truths) : TruthNode
{
    public int Wanted { get; } = wanted;

    public override IReadOnlyList<BoundNode> Children { get; } = truths;

    public override string ToString() => $"(at-least {Wanted} {string.Join(' ', Children)})";
}
