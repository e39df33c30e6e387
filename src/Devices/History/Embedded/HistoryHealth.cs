namespace Fengsui.Devices.History.Embedded;

/// <summary>Whether the store keeps up. <paramref name="Reason"/> is empty when healthy.</summary>
public sealed record HistoryHealth(bool Healthy, string Reason);
