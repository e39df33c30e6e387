namespace Fengsui.Devices.Alerts;

/// <summary>An enterprise that may not go on with its bonded business, and the alerts because of which.</summary>
public sealed record Restriction(string Enterprise, IReadOnlyList<string> Alerts);
