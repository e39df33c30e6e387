using Fengsui.Rules.Binding;
using Fengsui.Rules.Evaluation.Cells.Silence;

namespace Fengsui.Rules.Functions.Silence;

/// <summary><c>age(x)</c>: seconds of journal time since the last usable reading.</summary>
internal sealed class AgeFunction() : RuleFunction("age", "age(x)")
{
    public override BoundCall? Bind(FunctionCall call) =>
        call.Takes(1, 1) && call.Number(0) is { } x ? call.NumberCell("age", UnitTable.Find("s"), () => new SilenceCell(hasValue: true, 0), x.Node) : null;
}
