namespace Fengsui.Rules.Functions.Zones;

/// <summary><c>over_quantity()</c>: kilograms of goods above their limits, of all substances of the zone together.</summary>
internal sealed class OverQuantityFunction() : RuleFunction("over_quantity", "over_quantity()")
{
    public override BoundCall? Bind(FunctionCall call) =>
        call.Takes(0, 0) ? SiteCall.Mass(call, Name, static (zone, _) => zone.Site.Goods.OverKg) : null;
}
