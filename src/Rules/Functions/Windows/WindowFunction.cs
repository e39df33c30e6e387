using Fengsui.Rules.Evaluation.Cells;

namespace Fengsui.Rules.Functions.Windows;

/// <summary>A function of a number over a sliding window: <c>max(x, 5m)</c>.</summary>
/// <param name="name">As rules write it.</param>
/// <param name="keepsUnit">Whether the result is in the unit of the argument.</param>
/// <param name="create">The cell for a window in ms.</param>
internal sealed class WindowFunction(string name, bool keepsUnit, Func<long, Cell> create) : RuleFunction(name, $"{name}(x, window)")
{
    /// <summary>Bound on a window. Its memory does not depend on it, but what is forgotten at a restart of the data does.</summary>
    public const long MaxWindowMs = 31L * 24 * 3600 * 1000;

    public override BoundCall? Bind(FunctionCall call)
    {
        if (!call.Takes(2, 2) || call.Number(0) is not { } x || call.Duration(1, 1000, MaxWindowMs) is not { } windowMs)
        {
            return null;
        }

        return call.NumberCell($"{Name} {windowMs}", keepsUnit ? x.Unit : null, () => create(windowMs), x.Node);
    }
}
