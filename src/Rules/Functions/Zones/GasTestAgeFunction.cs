namespace Fengsui.Rules.Functions.Zones;

/// <summary><c>gas_test_age()</c>: seconds since the last gas test of the zone when it was passed; infinite when it was not, or there was none, so that any limit is exceeded.</summary>
internal sealed class GasTestAgeFunction() : RuleFunction("gas_test_age", "gas_test_age()")
{
    public override BoundCall? Bind(FunctionCall call) =>
        call.Takes(0, 0) ? SiteCall.Time(call, Name, static (zone, now) => zone.Site.GasTestAge(now)) : null;
}
