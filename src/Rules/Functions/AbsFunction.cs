using Fengsui.Rules.Binding;

namespace Fengsui.Rules.Functions;

/// <summary><c>abs(x)</c>: the magnitude of a number, in its unit.</summary>
internal sealed class AbsFunction() : RuleFunction("abs", "abs(x)")
{
    public override BoundCall? Bind(FunctionCall call) =>
        call.Takes(1, 1) && call.Number(0) is { } x ? new BoundCall(new FunctionNode(NumberFunction.Absolute, x.Node), x.Unit) : null;
}
