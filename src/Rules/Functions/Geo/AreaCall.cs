using Fengsui.Rules.Binding;
using Fengsui.Rules.Evaluation.Cells.Geo;

namespace Fengsui.Rules.Functions.Geo;

/// <summary>What <c>inside</c> and <c>outside</c> have in common.</summary>
internal static class AreaCall
{
    public static BoundCall? Bind(FunctionCall call, bool wantsInside)
    {
        if (!call.Takes(2, 2))
        {
            return null;
        }

        var position = PositionArgument.Read(call, 0);
        var source = RouteSource.Read(call, 1);
        if (position is null || source is null)
        {
            return null;
        }

        if (source.Named is { Shape.IsArea: false } line)
        {
            return call.Fail(1, $"the route '{line.Id}' is a line without a width, so nothing is inside it", "a polygon, or a line with width_m or corridor_m");
        }

        var maxAgeMs = call.Context.MaxAgeMs;
        var function = wantsInside ? "inside" : "outside";
        return new BoundCall(new CellTruthNode(source.Spec(function, call.Written, [position], route => new InsideCell(route, wantsInside, maxAgeMs))));
    }
}
