using System.Text;

namespace Fengsui.Ingest.Ble.Forms;

/// <summary>
/// The names of members that gateways use, of OpenMQTTGateway and Theengs, Ruuvi, Shelly BLU and our own frames, in any case. Anything else is passed over: gateways
/// send much that is no reading.
/// </summary>
internal static class AdvertKeys
{
    private static readonly (byte[] Name, AdvertKey Key)[] Keys =
    [
        ([.. "id"u8], AdvertKey.Address), ([.. "address"u8], AdvertKey.Address), ([.. "mac"u8], AdvertKey.Address), ([.. "addr"u8], AdvertKey.Address),
        ([.. "gateway"u8], AdvertKey.Gateway), ([.. "gw_mac"u8], AdvertKey.Gateway), ([.. "src"u8], AdvertKey.Gateway),
        ([.. "rssi"u8], AdvertKey.Rssi), ([.. "pid"u8], AdvertKey.PacketId), ([.. "packet"u8], AdvertKey.PacketId),
        ([.. "servicedatauuid"u8], AdvertKey.ServiceUuid), ([.. "servicedata"u8], AdvertKey.ServiceData), ([.. "service_data"u8], AdvertKey.ServiceData),
        ([.. "manufacturerdata"u8], AdvertKey.ManufacturerData), ([.. "data"u8], AdvertKey.Payload), ([.. "person"u8], AdvertKey.Person),
        ([.. "uptime"u8], AdvertKey.Uptime), ([.. "ts"u8], AdvertKey.HeardAt), ([.. "time"u8], AdvertKey.HeardAt), ([.. "gwts"u8], AdvertKey.SentAt),
        ([.. "sent"u8], AdvertKey.SentAt), ([.. "seq"u8], AdvertKey.Sequence), ([.. "dup"u8], AdvertKey.Resent),
        ([.. "timestamp"u8], AdvertKey.Timestamp),
    ];

    private static readonly (byte[] Name, byte[] Metric)[] Metrics =
    [
        Same("temperature"), Same("humidity"), Same("pressure"), Same("voltage"), Same("battery"), Same("illuminance"), Same("motion"), Same("window"),
        Same("door"), Same("lock"), Same("tamper"), Same("rotation"), Same("button"), Same("co2"), Same("vibration"), Same("presence"), Same("opening"),
        Same("problem"), Same("power"), ([.. "tempc"u8], [.. "temperature"u8]), ([.. "hum"u8], [.. "humidity"u8]), ([.. "batt"u8], [.. "battery"u8]),
        ([.. "volt"u8], [.. "voltage"u8]), ([.. "pres"u8], [.. "pressure"u8]), ([.. "lux"u8], [.. "illuminance"u8]), ([.. "open"u8], [.. "opening"u8]),
        ([.. "smoke"u8], [.. "smoke.alarm"u8]), ([.. "gas_detected"u8], [.. "gas.alarm"u8]), ([.. "co_detected"u8], [.. "co.alarm"u8]),
        ([.. "moisture_detected"u8], [.. "moisture.alarm"u8]), ([.. "battery_low"u8], [.. "battery.low"u8]),
    ];

    public static AdvertKey Find(ReadOnlySpan<byte> name)
    {
        foreach (var (known, key) in Keys)
        {
            if (Ascii.EqualsIgnoreCase(name, known))
            {
                return key;
            }
        }

        return AdvertKey.None;
    }

    /// <summary>The metric of a value that a gateway has read itself; empty when the member is no value that is known.</summary>
    public static ReadOnlySpan<byte> MetricOf(ReadOnlySpan<byte> name)
    {
        foreach (var (known, metric) in Metrics)
        {
            if (Ascii.EqualsIgnoreCase(name, known))
            {
                return metric;
            }
        }

        return default;
    }

    private static (byte[] Name, byte[] Metric) Same(string name) => (Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(name));
}
