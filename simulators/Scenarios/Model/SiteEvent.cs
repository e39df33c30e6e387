namespace Fengsui.Scenarios.Model;

/// <summary>Something that people do, and that comes over the API.</summary>
/// <param name="Kind">What.</param>
/// <param name="Zone">Where; not needed for whoever leaves.</param>
/// <param name="Id">Of the permit or the gas test.</param>
/// <param name="Persons">Whom the permit names, who tested, unlocked, enters or leaves.</param>
/// <param name="Until">When the permit ends, s after the start.</param>
/// <param name="Device">What was unlocked.</param>
public sealed record SiteEvent(Amount At, SiteAction Kind, string Zone, string Id, IReadOnlyList<string> Persons, Amount Until, string Device) : Happening(At);
