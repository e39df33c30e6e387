using Fengsui.Rules.Evaluation.Cells.Silence;
using Fengsui.Rules.Evaluation.Cells.Windows;
using Fengsui.Rules.Functions.Windows;

namespace Fengsui.Rules.Functions.Silence;

/// <summary><c>last(x)</c>: the latest known value however old; <c>last(x, 5m)</c>: the latest of a window.</summary>
internal sealed class LastFunction() : RuleFunction("last", "last(x) or last(x, window)")
{
    public override BoundCall? Bind(FunctionCall call)
    {
        if (!call.Takes(1, 2) || call.Number(0) is not { } x)
        {
            return null;
        }

        if (call.Count == 1)
        {
            return call.NumberCell("last", x.Unit, () => new LatestCell(), x.Node);
        }

        return call.Duration(1, 1000, WindowFunction.MaxWindowMs) is { } windowMs
            ? call.NumberCell($"last {windowMs}", x.Unit, () => new ChangeCell(ChangeKind.Last, windowMs), x.Node)
            : null;
    }
}
