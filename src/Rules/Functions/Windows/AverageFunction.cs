using Fengsui.Rules.Evaluation.Cells.Windows;

namespace Fengsui.Rules.Functions.Windows;

/// <summary><c>avg(x, window)</c> or <c>avg(x, window, hold)</c>: the time-weighted mean.</summary>
internal sealed class AverageFunction() : RuleFunction("avg", "avg(x, window) or avg(x, window, hold)")
{
    /// <summary>How long a reading holds when none follows, unless the rule says so.</summary>
    private const long DefaultHoldMs = 60_000;

    public override BoundCall? Bind(FunctionCall call)
    {
        if (!call.Takes(2, 3) || call.Number(0) is not { } x || call.Duration(1, 1000, WindowFunction.MaxWindowMs) is not { } windowMs)
        {
            return null;
        }

        if (call.Count == 2)
        {
            return Cell(call, x, windowMs, DefaultHoldMs);
        }

        return call.Duration(2, 1, windowMs) is { } holdMs ? Cell(call, x, windowMs, holdMs) : null;
    }

    private static BoundCall Cell(FunctionCall call, Binding.BoundNumber x, long windowMs, long holdMs) =>
        call.NumberCell($"avg {windowMs} hold {holdMs}", x.Unit, () => new AverageCell(windowMs, holdMs), x.Node);
}
