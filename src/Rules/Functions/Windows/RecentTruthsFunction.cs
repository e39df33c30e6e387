using Fengsui.Rules.Evaluation.Cells.Windows;

namespace Fengsui.Rules.Functions.Windows;

/// <summary><c>n_of_m(3, 5, condition)</c>: of the last five readings at least three.</summary>
internal sealed class RecentTruthsFunction() : RuleFunction("n_of_m", "n_of_m(n, m, condition)")
{
    public override bool IsCondition => true;

    public override BoundCall? Bind(FunctionCall call)
    {
        if (!call.Takes(3, 3) || call.Integer(1, 1, RecentTruthsCell.MaxReadings) is not { } of
            || call.Integer(0, 1, of) is not { } wanted || call.Truth(2) is not { } truth)
        {
            return null;
        }

        return call.TruthCell($"n_of_m {wanted} {of}", () => new RecentTruthsCell(wanted, of), truth);
    }
}
