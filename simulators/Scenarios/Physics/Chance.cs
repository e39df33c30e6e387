using System.Text;

namespace Fengsui.Scenarios.Physics;

/// <summary>
/// The only source of chance. What it gives follows from the seed, from what it is for, and from a number; so one thing that is added to a scenario changes
/// nothing about the others.
/// </summary>
internal readonly struct Chance
{
    private readonly ulong _key;

    private Chance(ulong key) => _key = key;

    public static Chance Of(ulong seed, string purpose)
    {
        var hash = 0xCBF2_9CE4_8422_2325UL;
        foreach (var value in Encoding.UTF8.GetBytes(purpose))
        {
            hash = (hash ^ value) * 0x100_0000_01B3;
        }

        return new Chance(Mix(seed ^ Mix(hash)));
    }

    /// <summary>From 0 to less than 1.</summary>
    public double Uniform(long number) => (Mix(_key ^ Mix((ulong)number)) >> 11) * (1.0 / (1UL << 53));

    /// <summary>Mean 0, standard deviation 1, bell-shaped and never beyond ±3.47: a sum of four even ones.</summary>
    public double Bell(long number)
    {
        var sum = Uniform(number * 4) + Uniform((number * 4) + 1) + Uniform((number * 4) + 2) + Uniform((number * 4) + 3);
        return (sum - 2) * Math.Sqrt(3);
    }

    /// <summary>The finalizer of SplitMix64 (Steele, Lea, Flood 2014).</summary>
    private static ulong Mix(ulong value)
    {
        value += 0x9E37_79B9_7F4A_7C15;
        value = (value ^ (value >> 30)) * 0xBF58_476D_1CE4_E5B9;
        value = (value ^ (value >> 27)) * 0x94D0_49BB_1331_11EB;
        return value ^ (value >> 31);
    }
}
