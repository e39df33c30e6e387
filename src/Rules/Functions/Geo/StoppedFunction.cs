using System.Globalization;
using Fengsui.Rules.Binding;
using Fengsui.Rules.Evaluation.Cells.Geo;
using Fengsui.Rules.Parsing.Expressions;

namespace Fengsui.Rules.Functions.Geo;

/// <summary><c>stopped(10 min)</c>, <c>stopped(10 min, 50 m)</c>, <c>stopped(position, 10 min, 50 m)</c>: the device stayed within a circle of that radius.</summary>
internal sealed class StoppedFunction() : RuleFunction("stopped", "stopped(duration), stopped(duration, radius), stopped(position, duration, radius)")
{
    private const double DefaultRadius = 30;

    /// <summary>Smaller circles are left by the receiver's noise.</summary>
    private const double MinRadius = 5;

    private const double MaxRadius = 10_000;

    public override bool IsCondition => true;

    public override BoundCall? Bind(FunctionCall call)
    {
        if (!call.Takes(1, 3))
        {
            return null;
        }

        var first = call.Argument(0) is NameSyntax ? 1 : 0;
        if (call.Count <= first || call.Count > first + 2)
        {
            return call.Fail(0, "'stopped' needs a duration, and at most a radius after it", Signature);
        }

        var position = first == 1 ? PositionArgument.Read(call, 0) : PositionArgument.Default(call);
        var duration = call.Duration(first);
        var radius = call.Count > first + 1 ? RadiusOf(call, first + 1) : DefaultRadius;
        if (position is null || duration is not { } ms || radius is not { } metres)
        {
            return null;
        }

        var maxAgeMs = call.Context.MaxAgeMs;
        var canonical = string.Create(CultureInfo.InvariantCulture, $"stopped {ms} {metres:R}");
        return call.TruthCell(canonical, () => new StoppedCell(ms, metres, maxAgeMs), position);
    }

    private static double? RadiusOf(FunctionCall call, int index)
    {
        if (call.Argument(index) is NumberSyntax literal
            && (literal.Unit is not { } written || UnitTable.Find(written.Text) is { Dimension: "length" }))
        {
            var scale = literal.Unit is { } unit ? UnitTable.Find(unit.Text)!.Scale : 1;
            if (literal.Value * scale is >= MinRadius and <= MaxRadius and var metres)
            {
                return metres;
            }
        }

        call.Fail(index, "this is not a radius that can stand here", string.Create(CultureInfo.InvariantCulture, $"a length from {MinRadius} m to {MaxRadius / 1000} km, such as 50 m"));
        return null;
    }
}
