namespace Fengsui.Devices.Registry;

/// <summary>Bounds of the registry.</summary>
public sealed class RegistryOptions
{
    /// <summary>Devices in one installation; further ones are refused. 200,000: twice the largest park we were asked about.</summary>
    public int MaxDevices { get; init; } = 200_000;

    /// <summary>Distinct metric names; further ones are refused. 4,096: a misread gateway map must not become a name each.</summary>
    public int MaxMetrics { get; init; } = 4_096;

    /// <summary>
    /// New metric names that one device may bring; further ones of it are refused. 256: the most that a well-known gateway
    /// reports of one thing; a device gone mad must not use up the names of all.
    /// </summary>
    public int MaxNewMetricsPerDevice { get; init; } = 256;
}
