namespace Fengsui.Ingest.Ble.Adverts;

/// <summary>The metrics of adverts that are not objects of BTHome, once each.</summary>
internal static class MetricNames
{
    private static readonly byte[][] Names =
    [
        [.. "temperature"u8], [.. "humidity"u8], [.. "pressure"u8], [.. "voltage"u8], [.. "movements"u8], [.. "battery"u8], [.. "illuminance"u8],
        [.. "motion"u8], [.. "window"u8], [.. "door"u8], [.. "lock"u8], [.. "tamper"u8], [.. "rotation"u8], [.. "button"u8], [.. "co2"u8],
        [.. "vibration"u8], [.. "smoke.alarm"u8], [.. "gas.alarm"u8], [.. "co.alarm"u8], [.. "moisture.alarm"u8], [.. "presence"u8], [.. "opening"u8],
        [.. "problem"u8], [.. "battery.low"u8], [.. "distance"u8], [.. "power"u8],
    ];

    /// <summary>The array of a name that is a constant of this program.</summary>
    public static byte[] Shared(ReadOnlySpan<byte> name)
    {
        foreach (var known in Names)
        {
            if (name.SequenceEqual(known))
            {
                return known;
            }
        }

        return name.ToArray();
    }
}
