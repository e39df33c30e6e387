using Fengsui.Rules.Evaluation.Cells.Windows;

namespace Fengsui.Rules.Functions.Windows;

/// <summary><c>quantile(x, 0.95, 5m)</c>: what that share of the readings in the window does not exceed.</summary>
internal sealed class QuantileFunction() : RuleFunction("quantile", "quantile(x, share, window)")
{
    public override BoundCall? Bind(FunctionCall call)
    {
        if (!call.Takes(3, 3) || call.Number(0) is not { } x || call.Literal(1, 0, 1) is not { } share
            || call.Duration(2, 1000, WindowFunction.MaxWindowMs) is not { } windowMs)
        {
            return null;
        }

        return call.NumberCell(FormattableString.Invariant($"quantile {share:R} {windowMs}"), x.Unit, () => new QuantileCell(share, windowMs), x.Node);
    }
}
