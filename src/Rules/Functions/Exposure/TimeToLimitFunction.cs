using Fengsui.Rules.Binding;
using Fengsui.Rules.Evaluation.Cells.Exposure;
using Fengsui.Rules.Parsing.Expressions;

namespace Fengsui.Rules.Functions.Exposure;

/// <summary><c>time_to_limit(twa(co), 17 ppm)</c>: seconds until the limit is reached if the concentration stays as it is.</summary>
internal sealed class TimeToLimitFunction() : RuleFunction("time_to_limit", "time_to_limit(stel(x) or twa(x), limit)")
{
    public override BoundCall? Bind(FunctionCall call)
    {
        if (!call.Takes(2, 2))
        {
            return null;
        }

        if (call.Argument(0) is not CallSyntax { Function: var name } || (name != ExposureFunction.Stel.Name && name != ExposureFunction.Twa.Name))
        {
            return call.Fail(0, "there is no limit to come of this", Signature);
        }

        if (call.Compared(0, 1) is not { Left: ICellNode { Spec: { Arguments: [var x] } exposure }, Right: ConstantNode limit })
        {
            return call.Fail(1, "this limit is not a number", Signature);
        }

        var text = FormattableString.Invariant($"time_to_limit {exposure.Canonical} {limit.Value:R}");
        return call.NumberCell(text, UnitTable.Find("s"), () => ((ExposureCell)exposure.Create()).Until(limit.Value), x);
    }
}
