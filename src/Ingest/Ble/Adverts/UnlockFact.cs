using Fengsui.Rules.Zones.Site;

namespace Fengsui.Ingest.Ble.Adverts;

/// <summary>A person who unlocked, to be told to the zone of the lock.</summary>
internal sealed record UnlockFact(string Zone, Unlocked Fact);
