namespace Fengsui.Rules.Functions.Zones;

/// <summary><c>persons_inside()</c>: how many persons are in the zone.</summary>
internal sealed class PersonsInsideFunction() : RuleFunction("persons_inside", "persons_inside()")
{
    public override BoundCall? Bind(FunctionCall call) =>
        call.Takes(0, 0) ? SiteCall.Number(call, Name, static (zone, _) => zone.PersonCount) : null;
}
