using System.Globalization;

namespace Fengsui.Ble.Locks;

/// <summary>One advert as one gateway heard it.</summary>
/// <param name="Address">Whose it says it is.</param>
/// <param name="Counter">Of a lock's own advert; null for what somebody else sends.</param>
/// <param name="Data">Service data in hexadecimal.</param>
/// <param name="Rssi">dBm.</param>
/// <param name="Person">Who unlocks; null for nobody.</param>
internal sealed record HeardAdvert(string Address, uint? Counter, string Data, int Rssi, string? Person)
{
    /// <summary>When it was heard, by the gateway's clock, ms since 1970 UTC.</summary>
    public long HeardMs { get; } = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    public string ToJson(long sequence, bool isRepeated) => string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"seq\":{sequence},\"address\":\"{Address}\",\"rssi\":{Rssi},\"service_data\":\"{Data}\",\"time\":{HeardMs},\"sent\":{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}{(Person is null ? "" : $",\"person\":\"{Person}\"")}{(isRepeated ? ",\"dup\":true" : "")}}}");
}
