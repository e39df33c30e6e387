namespace Fengsui.Api.Configuration.Sections;

/// <summary>
/// What happens when a device reports that no file declares. Patterns are globs over the device id (<c>*</c> any run of
/// characters, <c>?</c> one); deny wins over allow, and an id that no allow pattern matches is refused.
/// </summary>
public sealed class ProvisioningSection
{
    /// <summary>Everything, since on loopback the first thing a newcomer does is publish from a device of their own.</summary>
    public IReadOnlyList<string> Allow { get; internal set; } = ["*"];

    public IReadOnlyList<string> Deny { get; internal set; } = [];

    /// <summary>Type of a provisioned device, which rules select by.</summary>
    public string DefaultType { get; internal set; } = "default";

    /// <summary>Zone of a provisioned device.</summary>
    public string DefaultZone { get; internal set; } = "default";
}
