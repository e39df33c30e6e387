using Fengsui.Rules.Binding;
using Fengsui.Rules.Evaluation.Cells.Silence;

namespace Fengsui.Rules.Functions.Silence;

/// <summary>
/// <c>stale(x, 5m)</c>: the source has shown nothing new for that long, whatever times its messages carry: x did not change; with
/// a third argument, the source's own counter or clock did not.
/// </summary>
internal sealed class StaleFunction() : RuleFunction("stale", "stale(x, time) or stale(x, time, counter)")
{
    public override bool IsCondition => true;

    public override BoundCall? Bind(FunctionCall call)
    {
        if (!call.Takes(2, 3) || call.Number(0) is not { } x || call.Duration(1, 1000) is not { } limitMs)
        {
            return null;
        }

        var sign = call.Count == 2 ? x : call.Number(2);
        return sign is null ? null : call.TruthCell($"stale {limitMs}", () => new SilenceCell(hasValue: false, limitMs), (IReadOnlyList<BoundNode>)(call.Count == 2 ? [x.Node] : [x.Node, sign.Value.Node]));
    }
}
