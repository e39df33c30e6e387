using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Fengsui.Bench.Replay;

/// <summary>
/// A park of 50 zones with 20 devices each, and what they say: five values, ten times a second. Every value follows from the
/// device and the time, so a recording can be made again. Now and then a sensor drifts, a whole zone warms up, a device falls
/// silent for 45 s, or sends a row again or late.
/// </summary>
internal sealed class Site
{
    public const int Zones = 50;
    public const int DevicesPerZone = 20;
    public const int Devices = Zones * DevicesPerZone;
    public const int StepMs = 100;
    public const int LateMs = 1_700;

    private const long EpisodeMs = 600_000;

    private readonly byte[] _payload = new byte[256];

    public static string Name(int device) => string.Create(CultureInfo.InvariantCulture, $"dev-{device:D4}");

    public static string Zone(int device) => string.Create(CultureInfo.InvariantCulture, $"hall-{device / DevicesPerZone:D2}");

    public static string Type(int device) => (device % 10) switch
    {
        < 4 => "gas-detector",
        < 7 => "warehouse-sensor",
        < 9 => "confined-space-sensor",
        _ => "default",
    };

    public static IEnumerable<KeyValuePair<string, string>> Labels(int device) => Type(device) switch
    {
        "confined-space-sensor" => [new("regime", device % 20 < 10 ? "gb-30871" : "gb-46768")],
        "warehouse-sensor" => [new("hazard", "flammable-liquid"), new("goods_class", "3")],
        _ => [],
    };

    public static byte[] Topic(int device) => Encoding.ASCII.GetBytes("telemetry/" + Name(device));

    /// <summary>Whether the device says nothing now: once in about two hours for 45 s.</summary>
    public static bool IsSilent(int device, long elapsedMs) => Noise(device, 7, elapsedMs / 45_000) % 160 == 0;

    /// <summary>Whether the row of this time is sent <see cref="LateMs"/> after its time; one in 5,000.</summary>
    public static bool IsLate(int device, long elapsedMs) => Noise(device, 3, elapsedMs / StepMs) % 5_000 == 0;

    /// <summary>Whether the row of this time is sent twice; one in 2,000.</summary>
    public static bool IsRepeated(int device, long elapsedMs) => Noise(device, 5, elapsedMs / StepMs) % 2_000 == 0;

    /// <summary>The JSON message of a device at a time; valid until the next call.</summary>
    public ReadOnlySpan<byte> Message(int device, long timeMs, long elapsedMs)
    {
        var episode = elapsedMs / EpisodeMs;
        var into = elapsedMs % EpisodeMs / (double)EpisodeMs;
        var hump = Math.Max(0, 1 - Math.Abs(into - 0.5) * 4);
        var gas = Noise(device, 1, episode) % 24 == 0 ? hump * 60 : 0;
        var heat = Noise(device / DevicesPerZone, 2, episode) % 8 == 0 ? hump * 25 : 0;
        var jitter = Noise(device, 4, elapsedMs / StepMs) % 1_000 / 1_000.0;
        var length = Write(0, "{\"ts\":"u8, timeMs);
        length = Write(length, ",\"values\":{\"temperature\":"u8, 18 + device % 7 + heat + jitter, 2);
        length = Write(length, ",\"co\":"u8, 2 + gas + jitter * 3, 1);
        length = Write(length, ",\"h2s\":"u8, gas > 30 ? 6 + jitter * 2 : jitter, 2);
        length = Write(length, ",\"lel\":"u8, gas / 3 + jitter, 1);
        length = Write(length, ",\"o2\":"u8, 20.9 - gas / 25 - jitter / 10, 2);
        "}}"u8.CopyTo(_payload.AsSpan(length));
        return _payload.AsSpan(0, length + 2);
    }

    private int Write(int at, ReadOnlySpan<byte> name, long value)
    {
        name.CopyTo(_payload.AsSpan(at));
        Utf8Formatter.TryFormat(value, _payload.AsSpan(at + name.Length), out var written);
        return at + name.Length + written;
    }

    private int Write(int at, ReadOnlySpan<byte> name, double value, byte digits)
    {
        name.CopyTo(_payload.AsSpan(at));
        Utf8Formatter.TryFormat(value, _payload.AsSpan(at + name.Length), out var written, new('F', digits));
        return at + name.Length + written;
    }

    /// <summary>A number that follows from three, by the mixing steps of SplitMix64 (Steele, Lea, Flood 2014).</summary>
    private static uint Noise(int subject, int purpose, long time)
    {
        var mixed = (ulong)time * 0x9E3779B97F4A7C15 + (ulong)(subject * 31 + purpose) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (uint)(mixed >> 33);
    }
}
