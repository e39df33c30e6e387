using Fengsui.Rules.Evaluation.Cells.Silence;

namespace Fengsui.Rules.Functions.Silence;

/// <summary><c>absent(x, 30s)</c>: no usable reading for that long, in journal time; counted from the rule's beginning when none ever came.</summary>
internal sealed class AbsentFunction() : RuleFunction("absent", "absent(x, time)")
{
    public override bool IsCondition => true;

    public override BoundCall? Bind(FunctionCall call)
    {
        if (!call.Takes(2, 2) || call.Number(0) is not { } x || call.Duration(1, 1000) is not { } limitMs)
        {
            return null;
        }

        return call.TruthCell($"absent {limitMs}", () => new SilenceCell(hasValue: true, limitMs), x.Node);
    }
}
