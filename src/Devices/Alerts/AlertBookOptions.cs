namespace Fengsui.Devices.Alerts;

/// <summary>Bounds of the alert book.</summary>
public sealed class AlertBookOptions
{
    /// <summary>Resolved alerts kept in memory for listing; older ones are in the log only. 10,000: some 30 MB.</summary>
    public int MaxResolved { get; init; } = 10_000;

    /// <summary>
    /// Steps kept in memory of one alert: the first and the newest; those between are in the log only. 256: a device that
    /// wavers between two tiers at 10 Hz must not cost memory for as long as it wavers.
    /// </summary>
    public int MaxTransitionsPerAlert { get; init; } = 256;
}
