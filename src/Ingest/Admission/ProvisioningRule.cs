using Fengsui.Devices.Registry;

namespace Fengsui.Ingest.Admission;

/// <summary>One line of provisioning: devices whose id matches are admitted as this, or refused.</summary>
/// <param name="Pattern">A glob over the whole id: <c>*</c> any run of characters, <c>?</c> exactly one.</param>
/// <param name="Allow">False refuses.</param>
/// <param name="Facts">Type, zone and labels that an admitted device starts with.</param>
public sealed record ProvisioningRule(string Pattern, bool Allow, DeviceFacts Facts)
{
    public static ProvisioningRule AllowAll { get; } = new("*", true, DeviceFacts.Default);

    public bool Matches(string device) => Glob.IsMatch(Pattern, device);
}
