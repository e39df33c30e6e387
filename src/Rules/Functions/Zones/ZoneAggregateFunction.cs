using Fengsui.Rules.Zones;

namespace Fengsui.Rules.Functions.Zones;

/// <summary><c>max(zone, co)</c> and its kin: a number from what the members of the zone say. With any other first argument the window of that name.</summary>
/// <param name="window">The function over the device's own value.</param>
internal sealed class ZoneAggregateFunction(RuleFunction window, AggregateKind kind) : RuleFunction(
    window.Name, $"{window.Signature} or {window.Name}(zone, {(kind == AggregateKind.Count ? "condition" : "x")})")
{
    public override BoundCall? Bind(FunctionCall call) => ZoneFunctions.TryBindAggregate(call, kind, out var bound) ? bound : window.Bind(call);
}
