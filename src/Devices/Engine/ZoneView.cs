using Fengsui.Devices.Actors;
using Fengsui.Rules.Zones.Site;

namespace Fengsui.Devices.Engine;

/// <summary>One zone as it is now.</summary>
/// <param name="Number">Counts zones in the order in which the journal first named them.</param>
/// <param name="Devices">How many devices are in it, persons among them.</param>
/// <param name="Persons">Names of the persons inside.</param>
/// <param name="Permits">By id; those that are over or revoked too, as long as they are remembered.</param>
/// <param name="GasTest">The newest one; null when there was none.</param>
/// <param name="Unlocks">The latest, oldest first.</param>
/// <param name="Goods">By UN number.</param>
/// <param name="Quarantine">Why the rules about the zone rest; null when they work.</param>
public sealed record ZoneView(
    string Name,
    int Number,
    int Devices,
    IReadOnlyList<string> Persons,
    IReadOnlyList<(PermitGranted Permit, bool IsRevoked)> Permits,
    GasTested? GasTest,
    IReadOnlyList<Unlocked> Unlocks,
    IReadOnlyList<GoodsEntry> Goods,
    Quarantine? Quarantine);
