namespace Fengsui.Rules.Zones.Site;

/// <summary>The air of the zone was tested before or during work.</summary>
/// <param name="AtMs">When it was, Unix ms.</param>
/// <param name="Values">What was measured, by metric; for the record.</param>
public sealed record GasTested(string Id, string Person, long AtMs, bool Passed, IReadOnlyList<KeyValuePair<string, double>> Values) : SiteFact(Id);
