namespace Fengsui.Ingest.Admission;

/// <summary>What happens when a device is heard of for the first time.</summary>
public sealed class ProvisioningOptions
{
    /// <summary>Looked through in order; the first whose pattern matches decides. None matching refuses the device.</summary>
    public IReadOnlyList<ProvisioningRule> Rules { get; init; } = [ProvisioningRule.AllowAll];

    /// <summary>Bytes of a provisioned device id, 1 to 512. 128: room for a MAC, an IMEI or a serial number with a prefix.</summary>
    public int MaxDeviceNameBytes { get; init; } = 128;
}
