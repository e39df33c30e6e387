using System.Globalization;

namespace Fengsui.Devices.History.Embedded.Tiers;

/// <summary>Names under which the index notes how far tiers reach.</summary>
internal static class TierState
{
    /// <summary>Event time from which on every reading is there.</summary>
    public const string RawFloor = "raw-floor";

    /// <summary>Journal position up to which the tier's buckets hold the readings.</summary>
    public static string Built(long stepMs) => string.Create(CultureInfo.InvariantCulture, $"tier-{stepMs}");

    /// <summary>Event time from which on every bucket is there.</summary>
    public static string Floor(long stepMs) => Built(stepMs) + "-floor";
}
