namespace Fengsui.Scenarios.Model;

/// <summary>A place, with the labels that its devices inherit.</summary>
public sealed record ScenarioZone(string Id, IReadOnlyList<KeyValuePair<string, string>> Labels);
