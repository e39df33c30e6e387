using Fengsui.Rules.Binding;
using Fengsui.Rules.Evaluation.Cells.Geo;

namespace Fengsui.Rules.Functions.Geo;

/// <summary><c>deviation(position, "route")</c>: metres outside the filed corridor.</summary>
internal sealed class DeviationFunction() : RuleFunction("deviation", "deviation(position, route)")
{
    public override BoundCall? Bind(FunctionCall call)
    {
        if (!call.Takes(2, 2))
        {
            return null;
        }

        var position = PositionArgument.Read(call, 0);
        var source = RouteSource.Read(call, 1);
        var maxAgeMs = call.Context.MaxAgeMs;
        return position is null || source is null
            ? null
            : new BoundCall(new CellNumberNode(source.Spec("deviation", call.Written, [position], route => new DeviationCell(route, maxAgeMs))), UnitTable.Find("m"));
    }
}
