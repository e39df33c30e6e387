namespace Fengsui.Rules.Functions.Geo;

/// <summary><c>outside(position, "zone")</c>: not within a polygon or a corridor.</summary>
internal sealed class OutsideFunction() : RuleFunction("outside", "outside(position, zone)")
{
    public override bool IsCondition => true;

    public override BoundCall? Bind(FunctionCall call) => AreaCall.Bind(call, wantsInside: false);
}
