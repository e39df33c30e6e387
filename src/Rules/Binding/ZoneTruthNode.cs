using Fengsui.Rules.Zones;

namespace Fengsui.Rules.Binding;

/// <summary>A truth that the zone gives. What its members contribute is not read by the rule itself, so it has no children.</summary>
internal sealed class ZoneTruthNode(ZoneInput input) : TruthNode, IZoneNode
{
    public ZoneInput Input { get; } = input;

    public override string ToString() => $"zone[{Input.Canonical}]";
}
