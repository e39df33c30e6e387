using Fengsui.Rules.Model;

namespace Fengsui.Rules.Geo;

/// <summary>
/// A point in metres from the centre of the Earth: x towards 0° 0°, z towards the north pole. Nearness is compared here,
/// where it costs a few multiplications, knows no antimeridian, and agrees with nearness on the ellipsoid.
/// </summary>
internal readonly record struct EarthPoint(double X, double Y, double Z)
{
    /// <summary>On the surface of the ellipsoid; degrees.</summary>
    public static EarthPoint At(double latitude, double longitude)
    {
        var (sinLat, cosLat) = Math.SinCos(double.DegreesToRadians(latitude));
        var (sinLon, cosLon) = Math.SinCos(double.DegreesToRadians(longitude));
        var n = Wgs84.A / Math.Sqrt(1 - (Wgs84.E2 * sinLat * sinLat));
        return new EarthPoint(n * cosLat * cosLon, n * cosLat * sinLon, n * (1 - Wgs84.E2) * sinLat);
    }

    public static EarthPoint At(GeoPosition position) => At(position.Latitude, position.Longitude);

    /// <summary>Of a point near the surface, degrees.</summary>
    public (double Latitude, double Longitude) ToDegrees()
    {
        var fromAxis = Math.Sqrt((X * X) + (Y * Y));
        return (double.RadiansToDegrees(Math.Atan2(Z, (1 - Wgs84.E2) * fromAxis)), double.RadiansToDegrees(Math.Atan2(Y, X)));
    }

    public double Dot(in EarthPoint other) => (X * other.X) + (Y * other.Y) + (Z * other.Z);

    public static EarthPoint operator -(in EarthPoint a, in EarthPoint b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    public static EarthPoint operator +(in EarthPoint a, in EarthPoint b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    public static EarthPoint operator *(in EarthPoint a, double factor) => new(a.X * factor, a.Y * factor, a.Z * factor);
}
