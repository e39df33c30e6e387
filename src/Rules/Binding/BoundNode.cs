namespace Fengsui.Rules.Binding;

/// <summary>A checked part of an expression. <c>ToString</c> is its canonical text: equal texts mean the same.</summary>
internal abstract class BoundNode
{
    public virtual IReadOnlyList<BoundNode> Children => [];

    public abstract override string ToString();

    /// <summary>This node and everything beneath it, in the order of the text.</summary>
    public IEnumerable<BoundNode> All() => Children.SelectMany(child => child.All()).Prepend(this);
}
