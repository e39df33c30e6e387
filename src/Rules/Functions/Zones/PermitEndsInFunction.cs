namespace Fengsui.Rules.Functions.Zones;

/// <summary><c>permit_ends_in()</c>: seconds until no permit of the zone is active any more; unknown when none is.</summary>
internal sealed class PermitEndsInFunction() : RuleFunction("permit_ends_in", "permit_ends_in()")
{
    public override BoundCall? Bind(FunctionCall call) =>
        call.Takes(0, 0) ? SiteCall.Time(call, Name, static (zone, now) => zone.Site.Permits.EndsIn(now)) : null;
}
