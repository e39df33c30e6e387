using Fengsui.Rules.Zones.Site;

namespace Fengsui.Rules.Testing;

/// <summary>Something is said of a zone: a permit, a gas test, an unlock, goods.</summary>
public sealed record FactEvent(long AtMs, string Zone, SiteFact Fact) : TestEvent(AtMs);
