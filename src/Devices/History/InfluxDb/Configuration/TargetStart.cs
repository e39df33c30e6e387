namespace Fengsui.Devices.History.InfluxDb.Configuration;

/// <summary>Where a target begins that has no position yet.</summary>
/// <param name="FromMs">Readings received before it (ms since 1970 UTC) are not written; null without such a bound.</param>
/// <param name="IsNow">Only what comes after the target's first start.</param>
public sealed record TargetStart(long? FromMs, bool IsNow)
{
    /// <summary>Everything that the journal still holds.</summary>
    public static TargetStart Beginning { get; } = new(null, false);

    public static TargetStart Now { get; } = new(null, true);
}
