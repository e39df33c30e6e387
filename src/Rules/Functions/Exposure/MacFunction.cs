namespace Fengsui.Rules.Functions.Exposure;

/// <summary><c>mac(x)</c>: the concentration at this moment, which a maximum allowable concentration must never be exceeded by.</summary>
internal sealed class MacFunction() : RuleFunction("mac", "mac(x)")
{
    public override BoundCall? Bind(FunctionCall call) =>
        call.Takes(1, 1) && call.Number(0) is { } x ? new BoundCall(x.Node, x.Unit) : null;
}
