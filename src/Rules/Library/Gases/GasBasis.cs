namespace Fengsui.Rules.Library.Gases;

/// <summary>What makes ppm and mg/m³ of one gas convertible: its molar mass, and the temperature at which a cubic metre is meant. At 101.325 kPa.</summary>
/// <param name="ReferenceCelsius">−50 to 60 °C.</param>
internal sealed record GasBasis(Gas Gas, double ReferenceCelsius)
{
    /// <summary>20 °C, the reference of workplace air limits (GBZ 2.1-2019, certainty R).</summary>
    public const double DefaultReferenceCelsius = 20;

    /// <summary>Litres of one mole of an ideal gas at 0 °C and 101.325 kPa.</summary>
    private const double MolarVolumeAtZero = 22.414;

    private const double KelvinAtZero = 273.15;

    private double LitresPerMole => MolarVolumeAtZero * (KelvinAtZero + ReferenceCelsius) / KelvinAtZero;

    public double ToPpm(double milligramsPerCubicMetre) => milligramsPerCubicMetre * LitresPerMole / Gas.MolarMass;

    public double ToMilligrams(double ppm) => ppm * Gas.MolarMass / LitresPerMole;
}
