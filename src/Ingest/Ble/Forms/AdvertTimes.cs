using Fengsui.Ingest.Ble.Adverts;

namespace Fengsui.Ingest.Ble.Forms;

/// <summary>
/// When it was heard. Gateways' clocks are often wrong, so no time of theirs is taken as it stands: only how long, by one and the same clock, a gateway has kept
/// what it heard. A clock that is eight hours wrong changes nothing.
/// </summary>
internal static class AdvertTimes
{
    /// <summary>Ruuvi counts in whole seconds; what is younger has just been heard.</summary>
    private const double FreshMs = 2_000;

    /// <summary>Older than anything that is stored; it is refused as such.</summary>
    private const double LongestMs = 10L * 365 * 24 * 3_600_000;

    public static void Apply(GatewayMessage message)
    {
        foreach (var advert in message.Adverts)
        {
            var age = message.SentMs - (double.IsNaN(advert.HeardMs) ? message.HeardMs : advert.HeardMs);
            advert.AgeMs = age >= FreshMs ? (long)Math.Min(age, LongestMs) : 0;
        }
    }
}
