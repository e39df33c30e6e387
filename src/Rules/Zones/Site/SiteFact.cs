namespace Fengsui.Rules.Zones.Site;

/// <summary>Something that people or systems said of a zone, rather than a device of it. Said twice, it counts once.</summary>
/// <param name="Id">What a repeat is known by; unique within its zone.</param>
public abstract record SiteFact(string Id);
