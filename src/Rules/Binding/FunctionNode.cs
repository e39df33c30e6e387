namespace Fengsui.Rules.Binding;

/// <summary>A function of one number.</summary>
internal sealed class FunctionNode(NumberFunction function, NumberNode argument) : NumberNode
{
    public NumberFunction Function { get; } = function;

    public NumberNode Argument { get; } = argument;

    public override string ToString() => $"({Function} {Argument})";

    public override IReadOnlyList<BoundNode> Children => [Argument];
}
