namespace Fengsui.Ingest.Vehicles.Reports;

/// <summary>
/// The alarm word of 0x0200, bit by bit, as metrics. Their last part is <c>alarm</c>, so rules take them for states: they hold until they change.
/// </summary>
internal static class AlarmBits
{
    /// <summary>UTF-8 names by bit; null for bits that are reserved.</summary>
    public static readonly byte[]?[] Names =
    [
        [.. "sos.alarm"u8], [.. "overspeed.alarm"u8], [.. "fatigue.alarm"u8], null,
        [.. "gnss_fault.alarm"u8], [.. "gnss_antenna_cut.alarm"u8], [.. "gnss_antenna_short.alarm"u8], [.. "undervoltage.alarm"u8],
        [.. "power_cut.alarm"u8], null, null, null,
        null, null, null, null,
        null, null, [.. "daily_driving.alarm"u8], [.. "parking.alarm"u8],
        [.. "area.alarm"u8], [.. "route.alarm"u8], [.. "segment_time.alarm"u8], [.. "route_deviation.alarm"u8],
        null, null, [.. "stolen.alarm"u8], null,
        [.. "illegal_move.alarm"u8], [.. "crash.alarm"u8], [.. "rollover.alarm"u8], [.. "illegal_door.alarm"u8],
    ];

    /// <summary>The bits that have a name.</summary>
    public static readonly uint Known = KnownBits();

    private static uint KnownBits()
    {
        var known = 0u;
        for (var bit = 0; bit < Names.Length; bit++)
        {
            known |= Names[bit] is null ? 0 : 1u << bit;
        }

        return known;
    }
}
