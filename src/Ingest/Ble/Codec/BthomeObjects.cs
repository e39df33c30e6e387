namespace Fengsui.Ingest.Ble.Codec;

/// <summary>
/// The objects of BTHome v2 (bthome.io/format) and the metrics that they become. Binary states end in <c>.alarm</c> where the bare name is a measured
/// quantity elsewhere: a 1 in <c>gas</c> or <c>co</c> must never be read as 1 %LEL or 1 ppm. For the same reason 0x4B and 0x4C, which are
/// cubic metres of a gas meter, are <c>gas.volume</c>.
/// </summary>
internal static class BthomeObjects
{
    private const ValueForm Unsigned = ValueForm.Unsigned, Signed = ValueForm.Signed;

    private static readonly BthomeObject?[] Table = new BthomeObject?[256];

    static BthomeObjects()
    {
        Measured();
        Metered();
        States();
        Table[0x00] = new("", 1, ValueForm.PacketId, 1);
        Table[0x53] = new("", 0, ValueForm.Text, 1);
        Table[0x54] = new("", 0, ValueForm.Raw, 1);
        Table[0xF0] = new("", 2, ValueForm.Skipped, 1);
        Table[0xF1] = new("", 4, ValueForm.Skipped, 1);
        Table[0xF2] = new("", 3, ValueForm.Skipped, 1);
    }

    /// <summary>Null when the id is not known; then its length is not known either, and nothing behind it can be read.</summary>
    public static BthomeObject? Find(byte id) => Table[id];

    private static void Measured()
    {
        Add(0x01, "battery", 1);
        Add(0x02, "temperature", 2, Signed, 100);
        Add(0x03, "humidity", 2, Unsigned, 100);
        Add(0x04, "pressure", 3, Unsigned, 100);
        Add(0x05, "illuminance", 3, Unsigned, 100);
        Add(0x06, "mass", 2, Unsigned, 100);
        Add(0x07, "mass.lb", 2, Unsigned, 100);
        Add(0x08, "dew_point", 2, Signed, 100);
        Add(0x0B, "power", 3, Unsigned, 100);
        Add(0x0C, "voltage", 2, Unsigned, 1_000);
        Add(0x0D, "pm25", 2);
        Add(0x0E, "pm10", 2);
        Add(0x12, "co2", 2);
        Add(0x13, "tvoc", 2);
        Add(0x14, "moisture", 2, Unsigned, 100);
        Add(0x2E, "humidity", 1);
        Add(0x2F, "moisture", 1);
        Add(0x3F, "rotation", 2, Signed, 10);
        Add(0x40, "distance.mm", 2);
        Add(0x41, "distance", 2, Unsigned, 10);
        Add(0x43, "current", 2, Unsigned, 1_000);
        Add(0x44, "speed.ms", 2, Unsigned, 100);
        Add(0x45, "temperature", 2, Signed, 10);
        Add(0x46, "uv_index", 1, Unsigned, 10);
        Add(0x4A, "voltage", 2, Unsigned, 10);
        Add(0x51, "acceleration", 2, Unsigned, 1_000);
        Add(0x52, "gyroscope", 2, Unsigned, 1_000);
        Add(0x56, "conductivity", 2);
        Add(0x57, "temperature", 1, Signed);
        Add(0x58, "temperature", 1, Signed, 1 / 0.35);
        Add(0x5C, "power", 4, Signed, 100);
        Add(0x5D, "current", 2, Signed, 1_000);
        Add(0x5E, "direction", 2, Unsigned, 100);
        Add(0x61, "rotational_speed", 2);
        Add(0x62, "speed.ms", 4, Signed, 1_000_000);
        Add(0x63, "acceleration", 4, Signed, 1_000_000);
        Add(0x64, "light_level", 1);
    }

    private static void Metered()
    {
        Add(0x09, "count", 1);
        Add(0x0A, "energy", 3, Unsigned, 1_000);
        Add(0x3A, "button", 1);
        Add(0x3C, "dimmer", 2);
        Add(0x3D, "count", 2);
        Add(0x3E, "count", 4);
        Add(0x42, "duration", 3, Unsigned, 1_000);
        Add(0x47, "volume", 2, Unsigned, 10);
        Add(0x48, "volume.ml", 2);
        Add(0x49, "volume_flow", 2, Unsigned, 1_000);
        Add(0x4B, "gas.volume", 3, Unsigned, 1_000);
        Add(0x4C, "gas.volume", 4, Unsigned, 1_000);
        Add(0x4D, "energy", 4, Unsigned, 1_000);
        Add(0x4E, "volume", 4, Unsigned, 1_000);
        Add(0x4F, "water.volume", 4, Unsigned, 1_000);
        Add(0x50, "device_time", 4);
        Add(0x55, "volume.stored", 4, Unsigned, 1_000);
        Add(0x59, "count", 1, Signed);
        Add(0x5A, "count", 2, Signed);
        Add(0x5B, "count", 4, Signed);
        Add(0x5F, "precipitation", 2, Unsigned, 10);
        Add(0x60, "channel", 1);
    }

    private static void States()
    {
        (byte Id, string Metric)[] states =
        [
            (0x0F, "state"), (0x10, "power.on"), (0x11, "opening"), (0x15, "battery.low"), (0x16, "battery.charging"), (0x17, "co.alarm"),
            (0x18, "cold.alarm"), (0x19, "connected"), (0x1A, "door"), (0x1B, "garage_door"), (0x1C, "gas.alarm"), (0x1D, "heat.alarm"),
            (0x1E, "light"), (0x1F, "lock"), (0x20, "moisture.alarm"), (0x21, "motion"), (0x22, "moving"), (0x23, "occupancy"), (0x24, "plugged"),
            (0x25, "presence"), (0x26, "problem"), (0x27, "running"), (0x28, "safety.alarm"), (0x29, "smoke.alarm"), (0x2A, "sound"),
            (0x2B, "tamper"), (0x2C, "vibration"), (0x2D, "window"),
        ];
        foreach (var (id, metric) in states)
        {
            Add(id, metric, 1, ValueForm.Binary);
        }
    }

    private static void Add(byte id, string metric, int size, ValueForm form = Unsigned, double divisor = 1) => Table[id] = new(metric, size, form, divisor);
}
