using Fengsui.Rules.Zones;

namespace Fengsui.Rules.Functions.Zones;

/// <summary><c>all(zone, co &gt; 20)</c>: every member of the zone says so.</summary>
internal sealed class AllFunction() : RuleFunction("all", "all(zone, condition)")
{
    public override bool IsCondition => true;

    public override BoundCall? Bind(FunctionCall call) =>
        ZoneFunctions.TryBindAggregate(call, AggregateKind.All, out var bound) ? bound : call.Fail(0, "the first argument is not 'zone'", Signature);
}
