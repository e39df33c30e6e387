using Fengsui.Rules.Zones;

namespace Fengsui.Rules.Compilation;

/// <summary>What a device of one profile contributes to an aggregate of its zone.</summary>
/// <param name="Aggregate">The input of the zone that it is for.</param>
/// <param name="Code">Computes it over the device's slots and cells.</param>
/// <param name="Slots">Slots whose rows change it.</param>
internal sealed record Contribution(ZoneAggregate Aggregate, Instruction[] Code, int[] Slots);
