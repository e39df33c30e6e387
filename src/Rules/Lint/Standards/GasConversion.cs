namespace Fengsui.Rules.Lint.Standards;

/// <summary>Between mg/m³ and ppm of a gas at 20 °C and 101.3 kPa.</summary>
internal static class GasConversion
{
    /// <summary>Litres that a mole of gas fills at 20 °C and 101.3 kPa.</summary>
    public const double MolarVolume = 24.04;

    /// <summary>Grams a mole.</summary>
    private static readonly Dictionary<string, double> MolarMasses = new(StringComparer.Ordinal)
    {
        ["co"] = 28.01,
        ["h2s"] = 34.08,
        ["nh3"] = 17.03,
        ["cl2"] = 70.90,
        ["so2"] = 64.06,
        ["hcl"] = 36.46,
        ["hcn"] = 27.03,
        ["benzene"] = 78.11,
    };

    /// <summary>Null when the gas is not known.</summary>
    public static double? ToPpm(string gas, double mgPerCubicMetre) =>
        MolarMasses.TryGetValue(gas, out var mass) ? mgPerCubicMetre * MolarVolume / mass : null;
}
