namespace Fengsui.Devices.Alerts;

/// <summary>Bounds of the alert book.</summary>
public sealed class AlertBookOptions
{
    /// <summary>Resolved alerts kept in memory for listing; older ones are in the log only. 10,000: some 30 MB.</summary>
    public int MaxResolved { get; init; } = 10_000;
}
