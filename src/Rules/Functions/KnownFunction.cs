using Fengsui.Rules.Binding;

namespace Fengsui.Rules.Functions;

/// <summary><c>known(x)</c>: whether a value is known now; never unknown itself.</summary>
internal sealed class KnownFunction() : RuleFunction("known", "known(x)")
{
    public override bool IsCondition => true;

    public override BoundCall? Bind(FunctionCall call) =>
        call.Takes(1, 1) && call.Value(0) is { } value ? new BoundCall(new IsKnownNode(value)) : null;
}
