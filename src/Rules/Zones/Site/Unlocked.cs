namespace Fengsui.Rules.Zones.Site;

/// <summary>A person gave their key, card or code to unlock.</summary>
/// <param name="Device">The lock; empty when the zone has one.</param>
/// <param name="AtMs">When it was, Unix ms.</param>
public sealed record Unlocked(string Id, string Device, string Person, long AtMs) : SiteFact(Id);
