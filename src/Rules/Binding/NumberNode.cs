namespace Fengsui.Rules.Binding;

/// <summary>A checked expression whose value is a number or unknown. <c>ToString</c> is its canonical text, part of the rule's fingerprint.</summary>
internal abstract class NumberNode
{
    public abstract override string ToString();

    public abstract void CollectMetrics(ISet<string> metrics);
}
