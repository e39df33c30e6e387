namespace Fengsui.Rules.Functions.Zones;

/// <summary><c>persons_without_permit()</c>: how many persons are in the zone whom no active permit names.</summary>
internal sealed class PersonsWithoutPermitFunction() : RuleFunction("persons_without_permit", "persons_without_permit()")
{
    public override BoundCall? Bind(FunctionCall call) =>
        call.Takes(0, 0) ? SiteCall.Number(call, Name, static (zone, now) => zone.PersonsWithoutPermit(now)) : null;
}
