namespace Fengsui.Rules.Testing;

/// <summary>A device of a unit test, as a file of devices would declare it.</summary>
public sealed record TestDevice(string Id, string Type, string Zone, IReadOnlyList<KeyValuePair<string, string>> Labels);
