using System.Globalization;
using System.Text;
using Fengsui.Ble.Wire;

namespace Fengsui.Scenarios.Wire;

/// <summary>Writes the samples of one Bluetooth device as OpenMQTTGateway publishes its encrypted adverts.</summary>
internal sealed class AdvertBody : IDisposable
{
    /// <summary>The objects of BTHome v2 that a scenario's device may say, by metric.</summary>
    public static IReadOnlyDictionary<string, byte> Objects { get; } =
        new SortedDictionary<string, byte>(StringComparer.Ordinal) { ["battery"] = 0x01, ["door"] = 0x1A, ["lock"] = 0x1F, ["motion"] = 0x21, ["tamper"] = 0x2B };

    /// <summary>2026-01-01T00:00:00Z: counters of tenths of seconds since then rise from run to run.</summary>
    private const long CountersSinceMs = 1_767_225_600_000;

    private readonly BthomeAdvert _advert;
    private readonly string _address;
    private readonly uint _firstCounter;

    /// <param name="address">Six bytes in hexadecimal, with colons.</param>
    /// <param name="startMs">ms since 1970 UTC.</param>
    public AdvertBody(string address, long startMs)
    {
        _address = address;
        _advert = new BthomeAdvert(Number(address), KeyOf(address));
        _firstCounter = (uint)((startMs - CountersSinceMs) / 100);
    }

    /// <summary>The key of an address: made up, and the same in every run.</summary>
    public static byte[] KeyOf(string address) => LockKey.Of(0, Number(address));

    public static string TopicOf(string gateway, string address) => $"home/{gateway}/BTtoMQTT/{Compact(address)}";

    public byte[] Of(Sample sample, int rssi)
    {
        byte[] objects = [.. sample.Values.OrderBy(value => Objects[value.Metric]).SelectMany(value => (byte[])[Objects[value.Metric], (byte)Math.Round(value.Value)])];
        var data = _advert.Encrypt(objects, _firstCounter + (uint)sample.Number);
        return Encoding.UTF8.GetBytes($"{{\"id\":\"{_address}\",\"rssi\":{rssi},\"servicedatauuid\":\"0xfcd2\",\"servicedata\":\"{data}\"}}");
    }

    public void Dispose() => _advert.Dispose();

    private static string Compact(string address) => address.Replace(":", "", StringComparison.Ordinal);

    private static long Number(string address) => long.Parse(Compact(address), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
