namespace Fengsui.Rules.Functions.Geo;

/// <summary><c>inside(position, "zone")</c>: within a polygon or a corridor, its edge included.</summary>
internal sealed class InsideFunction() : RuleFunction("inside", "inside(position, zone)")
{
    public override bool IsCondition => true;

    public override BoundCall? Bind(FunctionCall call) => AreaCall.Bind(call, wantsInside: true);
}
