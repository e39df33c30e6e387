using Fengsui.Modbus.Faults;

namespace Fengsui.Modbus.Slaves;

/// <summary>How one metric behaves, in hundredths of its unit: a base, a slow swing, noise, and what a fault at full intensity adds. The fleet of MQTT devices has the same.</summary>
internal sealed record Signal(string Name, int Base, int Swing, int Noise, int Heat = 0, int Leak = 0)
{
    private const int SwingSamples = 1_200;

    /// <summary>In the order of the registers.</summary>
    public static IReadOnlyList<Signal> All { get; } =
    [
        new("temperature", 2200, 150, 40, Heat: 1700),
        new("humidity", 5500, 300, 100, Heat: -1500),
        new("co", 300, 60, 80, Leak: 12_000),
        new("h2s", 60, 20, 30, Leak: 2500),
        new("lel", 100, 40, 60, Leak: 5500),
        new("o2", 2090, 4, 8, Leak: -350),
        new("nh3", 200, 50, 60, Leak: 4000),
        new("cl2", 10, 4, 6, Leak: 300),
        new("pressure", 10_130, 80, 20),
        new("vibration", 120, 30, 60),
        new("battery", 9000, 200, 10),
        new("rssi", -6500, 300, 400),
    ];

    /// <summary>Hundredths at a moment.</summary>
    /// <param name="slave">Its number in the farm.</param>
    /// <param name="sample">Tenths of a second after the start.</param>
    /// <param name="noise">0 to 255.</param>
    /// <param name="fault">What the slave has.</param>
    /// <param name="ms">After the start.</param>
    public int At(int slave, int sample, int noise, in FarmFaultSpan fault, long ms)
    {
        var phase = (sample + (slave * 37)) % SwingSamples;
        var swing = phase < SwingSamples / 2 ? phase : SwingSamples - phase;
        var value = Base - Swing + (Swing * 4 * swing / SwingSamples) + (((noise - 128) * Noise) >> 8);
        return fault.Kind switch
        {
            FarmFault.Heat => value + (Heat * fault.Intensity(ms) / 1_000),
            FarmFault.GasLeak => value + (Leak * fault.Intensity(ms) / 1_000),
            _ => value,
        };
    }
}
