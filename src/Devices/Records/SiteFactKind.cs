namespace Fengsui.Devices.Records;

/// <summary>What a site record says. On disk: never renumber.</summary>
public enum SiteFactKind : byte
{
    PermitGranted = 1,
    PermitRevoked = 2,
    GasTested = 3,
    Unlocked = 4,
    GoodsChanged = 5,
    AlertReset = 6,
}
