namespace Fengsui.Rules.Functions.Zones;

/// <summary><c>permit_active()</c>, <c>permit_active("hot work")</c>: whether a permit of the zone, or one of that kind, is active now.</summary>
internal sealed class PermitActiveFunction() : RuleFunction("permit_active", "permit_active(kind)")
{
    public override bool IsCondition => true;

    public override BoundCall? Bind(FunctionCall call)
    {
        if (!call.Takes(0, 1))
        {
            return null;
        }

        var kind = call.Count == 1 ? call.Name(0) : null;
        return call.Count == 1 && kind is null
            ? null
            : SiteCall.Truth(call, $"{Name} {kind}", (zone, now) => zone.Site.Permits.IsActive(now, kind));
    }
}
