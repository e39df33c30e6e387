namespace Fengsui.Ingest.Mqtt.Codec;

/// <summary>The options byte after a topic filter (3.8.3.1). 3.1.1 knows only the QoS.</summary>
public readonly record struct SubscriptionOptions(byte Qos, bool NoLocal = false, bool RetainAsPublished = false, RetainHandling RetainHandling = RetainHandling.Send)
{
    public byte ToByte() => (byte)(Qos | (NoLocal ? 0x04 : 0) | (RetainAsPublished ? 0x08 : 0) | ((int)RetainHandling << 4));

    public static bool TryFromByte(byte value, MqttVersion version, out SubscriptionOptions options)
    {
        var handling = (value >> 4) & 3;
        options = new SubscriptionOptions((byte)(value & 3), (value & 0x04) != 0, (value & 0x08) != 0, (RetainHandling)handling);
        var reserved = version == MqttVersion.V5 ? 0xC0 : 0xFC;
        return (value & reserved) == 0 && options.Qos != 3 && handling != 3;
    }
}
