namespace Fengsui.Rules.Library.Gases;

/// <summary>
/// The gases whose molar mass is known, g/mol: computed from the formula with the abridged standard atomic weights of IUPAC
/// (H 1.008, C 12.011, N 14.007, O 15.999, F 18.998, P 30.974, S 32.06, Cl 35.45, As 74.922); certainty C, a test computes them again.
/// </summary>
internal static class GasTable
{
    private static readonly Gas[] Gases =
    [
        new("co", "carbon-monoxide", "CO", 28.010), new("co2", "carbon-dioxide", "CO2", 44.009), new("o2", "oxygen", "O2", 31.998),
        new("h2s", "hydrogen-sulfide", "H2S", 34.076), new("nh3", "ammonia", "NH3", 17.031), new("cl2", "chlorine", "Cl2", 70.90),
        new("so2", "sulfur-dioxide", "SO2", 64.058), new("no2", "nitrogen-dioxide", "NO2", 46.005), new("no", "nitric-oxide", "NO", 30.006),
        new("hcl", "hydrogen-chloride", "HCl", 36.458), new("hcn", "hydrogen-cyanide", "HCN", 27.026), new("hf", "hydrogen-fluoride", "HF", 20.006),
        new("ph3", "phosphine", "PH3", 33.998), new("ash3", "arsine", "AsH3", 77.946), new("o3", "ozone", "O3", 47.997), new("h2", "hydrogen", "H2", 2.016),
        new("ch4", "methane", "CH4", 16.043), new("c3h8", "propane", "C3H8", 44.097), new("c2h2", "acetylene", "C2H2", 26.038),
        new("eto", "ethylene-oxide", "C2H4O", 44.053), new("ch2o", "formaldehyde", "CH2O", 30.026),
        new("benzene", "benzene", "C6H6", 78.114), new("toluene", "toluene", "C7H8", 92.141), new("xylene", "xylene", "C8H10", 106.168),
        new("methanol", "methanol", "CH4O", 32.042), new("ethanol", "ethanol", "C2H6O", 46.069),
    ];

    private static readonly Dictionary<string, Gas> ByName = Gases
        .SelectMany(gas => new[] { gas.Name, gas.FullName }.Distinct().Select(name => (name, gas)))
        .ToDictionary(pair => pair.name, pair => pair.gas, StringComparer.Ordinal);

    public static IReadOnlyList<Gas> All => Gases;

    public static IEnumerable<string> Names => ByName.Keys;

    public static Gas? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>By the metric's last part: <c>gas.co</c> is of carbon monoxide.</summary>
    public static Gas? OfMetric(string metric) => Find(metric[(metric.LastIndexOf('.') + 1)..]);
}
