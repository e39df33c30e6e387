using Fengsui.Rules.Zones;

namespace Fengsui.Rules.Functions.Zones;

/// <summary><c>max(zone, co)</c> and its kin: a number from what the members of the zone say.</summary>
internal sealed class ZoneAggregateFunction(string name, AggregateKind kind) : RuleFunction(name, $"{name}(zone, {(kind == AggregateKind.Count ? "condition" : "x")})")
{
    public override BoundCall? Bind(FunctionCall call) =>
        ZoneFunctions.TryBindAggregate(call, kind, out var bound) ? bound : call.Fail(0, "the first argument is not 'zone'", Signature);
}
