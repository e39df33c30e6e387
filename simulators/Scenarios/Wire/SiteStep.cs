using Fengsui.Scenarios.Model;

namespace Fengsui.Scenarios.Wire;

/// <summary>Something that people tell the server, with all names and times decided.</summary>
/// <param name="UntilMs">When the permit ends, ms since 1970 UTC.</param>
public sealed record SiteStep(long AtMs, SiteAction Action, string Zone, string Id, IReadOnlyList<string> Persons, long UntilMs, string Device) : RunStep(AtMs)
{
    public string Person => Persons.Count > 0 ? Persons[0] : "";
}
