namespace Fengsui.Rules.Binding;

internal sealed class TruthConstantNode(bool value) : TruthNode
{
    public bool Value { get; } = value;

    public override string ToString() => Value ? "true" : "false";
}
