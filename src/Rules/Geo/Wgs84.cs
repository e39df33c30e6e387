namespace Fengsui.Rules.Geo;

/// <summary>The ellipsoid of GPS. NIMA TR8350.2.</summary>
internal static class Wgs84
{
    /// <summary>Equatorial radius, m.</summary>
    public const double A = 6_378_137;

    public const double Flattening = 1 / 298.257223563;

    /// <summary>Polar radius, m.</summary>
    public const double B = A * (1 - Flattening);

    /// <summary>Eccentricity squared.</summary>
    public const double E2 = Flattening * (2 - Flattening);

    /// <summary>Mean radius, m: for bounds and small corrections, never for a distance itself.</summary>
    public const double MeanRadius = 6_371_008.8;
}
