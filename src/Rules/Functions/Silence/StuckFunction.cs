using Fengsui.Rules.Evaluation.Cells.Silence;

namespace Fengsui.Rules.Functions.Silence;

/// <summary><c>stuck(x, 10m)</c>, <c>stuck(x, 10m, 0.1)</c>: readings come, and stay within the tolerance of the first for that long.</summary>
internal sealed class StuckFunction() : RuleFunction("stuck", "stuck(x, time) or stuck(x, time, tolerance)")
{
    public override bool IsCondition => true;

    public override BoundCall? Bind(FunctionCall call)
    {
        if (!call.Takes(2, 3) || call.Number(0) is not { } x || call.Duration(1, 1000) is not { } limitMs)
        {
            return null;
        }

        double? tolerance = call.Count == 2 ? 0 : call.Literal(2, 0, 1e9);
        return tolerance is not { } within ? null : call.TruthCell(FormattableString.Invariant($"stuck {limitMs} {within:R}"), () => new StuckCell(limitMs, within), x.Node);
    }
}
