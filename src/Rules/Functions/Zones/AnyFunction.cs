using Fengsui.Rules.Zones;

namespace Fengsui.Rules.Functions.Zones;

/// <summary><c>any(zone, co &gt; 20)</c>: some member of the zone says so.</summary>
internal sealed class AnyFunction() : RuleFunction("any", "any(zone, condition)")
{
    public override bool IsCondition => true;

    public override BoundCall? Bind(FunctionCall call) =>
        ZoneFunctions.TryBindAggregate(call, AggregateKind.Any, out var bound) ? bound : call.Fail(0, "the first argument is not 'zone'", Signature);
}
