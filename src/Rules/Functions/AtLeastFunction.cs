using Fengsui.Rules.Binding;

namespace Fengsui.Rules.Functions;

/// <summary><c>at_least(2, a, b, c)</c>: N of M conditions.</summary>
internal sealed class AtLeastFunction() : RuleFunction("at_least", "at_least(n, condition, condition, …)")
{
    public override bool IsCondition => true;

    /// <summary>Bound on the conditions of one call: the stack holds them all.</summary>
    private const int MaxConditions = 32;

    public override BoundCall? Bind(FunctionCall call)
    {
        if (!call.Takes(2, MaxConditions + 1) || call.Integer(0, 1, call.Count - 1) is not { } wanted)
        {
            return null;
        }

        var truths = Enumerable.Range(1, call.Count - 1).Select(call.Truth).ToList();
        return truths.Contains(null) ? null : new BoundCall(new AtLeastNode(wanted, [.. truths.OfType<TruthNode>()]));
    }
}
