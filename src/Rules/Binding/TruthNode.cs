namespace Fengsui.Rules.Binding;

/// <summary>A checked expression whose value is true, false or unknown. <c>ToString</c> is its canonical text, part of the rule's fingerprint.</summary>
internal abstract class TruthNode
{
    public abstract override string ToString();

    public abstract void CollectMetrics(ISet<string> metrics);
}
