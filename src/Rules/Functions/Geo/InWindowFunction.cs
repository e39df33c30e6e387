using Fengsui.Rules.Binding;
using Fengsui.Rules.Evaluation.Cells.Geo;

namespace Fengsui.Rules.Functions.Geo;

/// <summary><c>in_window("route")</c>: the route's approved time window is open.</summary>
internal sealed class InWindowFunction() : RuleFunction("in_window", "in_window(route)")
{
    public override bool IsCondition => true;

    public override BoundCall? Bind(FunctionCall call)
    {
        if (!call.Takes(1, 1) || RouteSource.Read(call, 0) is not { } source)
        {
            return null;
        }

        return source.Named is { HasWindow: false } always
            ? call.Fail(0, $"the route '{always.Id}' has no approved time window", "a feature with the property valid_from or valid_to")
            : new BoundCall(new CellTruthNode(source.Spec("in_window", call.Written, [], route => new WindowOpenCell(route))));
    }
}
