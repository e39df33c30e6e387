using Fengsui.Fleet.Faults;

namespace Fengsui.Fleet.Payloads;

/// <summary>
/// How one metric behaves, in hundredths of its unit: a base, a slow swing, noise, and what a fault at full intensity adds.
/// </summary>
internal sealed record MetricModel(string Name, int Base, int Swing, int Noise, int Heat = 0, int Leak = 0)
{
    private const int SwingSamples = 1200;
    private const int FlapCentre = 3000;
    private const int FlapSize = 60;

    /// <summary>Metrics in the order in which "the first n values" takes them.</summary>
    public static IReadOnlyList<MetricModel> Vocabulary { get; } =
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

    public static bool TryGet(string name, out MetricModel model)
    {
        model = Vocabulary.FirstOrDefault(candidate => candidate.Name == name)!;
        return model is not null;
    }

    /// <summary>The value at a sample, in hundredths. <paramref name="noise"/> is 0 to 255.</summary>
    public int At(int device, int sample, int noise, in FaultSpan fault)
    {
        var phase = (sample + (device * 37)) % SwingSamples;
        var swing = phase < SwingSamples / 2 ? phase : SwingSamples - phase;
        var value = Base - Swing + (Swing * 4 * swing / SwingSamples) + (((noise - 128) * Noise) >> 8);
        return fault.Kind switch
        {
            FaultKind.Heat => value + (Heat * fault.Intensity(sample) / 1000),
            FaultKind.GasLeak => value + (Leak * fault.Intensity(sample) / 1000),
            FaultKind.Flapping when Heat > 0 => FlapCentre + (((sample - fault.From) & 2) == 0 ? FlapSize : -FlapSize),
            _ => value,
        };
    }
}
