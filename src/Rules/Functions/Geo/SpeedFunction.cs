using Fengsui.Rules.Binding;
using Fengsui.Rules.Evaluation.Cells.Geo;

namespace Fengsui.Rules.Functions.Geo;

/// <summary><c>speed()</c>, <c>speed(position)</c>: km/h from positions, for devices that do not report <c>speed</c> themselves.</summary>
internal sealed class SpeedFunction() : RuleFunction("speed", "speed(), speed(position)")
{
    public override BoundCall? Bind(FunctionCall call)
    {
        if (!call.Takes(0, 1))
        {
            return null;
        }

        var maxAgeMs = call.Context.MaxAgeMs;
        var position = call.Count == 0 ? PositionArgument.Default(call) : PositionArgument.Read(call, 0);
        return position is null ? null : call.NumberCell("speed", UnitTable.Find("km/h"), () => new SpeedCell(maxAgeMs), position);
    }
}
