using Fengsui.Rules.Model;

namespace Fengsui.Rules.Geo;

/// <summary>
/// The shortest way over the ellipsoid, m. T. Vincenty, "Direct and inverse solutions of geodesics on the ellipsoid",
/// Survey Review XXIII 176 (1975): within a millimetre. Where his iteration does not settle, between points almost opposite
/// each other, <see cref="OppositePoints"/> goes on.
/// </summary>
internal static class Geodesic
{
    /// <summary>Bound on the iteration: nearly all pairs settle in five steps.</summary>
    private const int MaxSteps = 100;

    private const double Settled = 1e-12;

    public static double Distance(GeoPosition from, GeoPosition to) => Distance(from.Latitude, from.Longitude, to.Latitude, to.Longitude);

    /// <param name="latitude1">Degrees, ±90; longitudes ±180.</param>
    public static double Distance(double latitude1, double longitude1, double latitude2, double longitude2) =>
        TryVincenty(latitude1, longitude1, latitude2, longitude2, out var metres)
            ? metres
            : OppositePoints.Distance(latitude1, longitude1, latitude2, longitude2);

    /// <summary>Within a thousandth of a percent up to 100 km and much cheaper; too short beyond, by no more than a third.</summary>
    public static double ShortDistance(GeoPosition from, GeoPosition to)
    {
        var way = EarthPoint.At(to) - EarthPoint.At(from);
        return Math.Sqrt(way.Dot(way));
    }

    /// <summary>False when the points are too nearly opposite.</summary>
    public static bool TryVincenty(double latitude1, double longitude1, double latitude2, double longitude2, out double metres)
    {
        var difference = double.DegreesToRadians(Math.IEEERemainder(longitude2 - longitude1, 360));
        var (sinU1, cosU1) = Reduced(latitude1);
        var (sinU2, cosU2) = Reduced(latitude2);
        var lambda = difference;
        for (var step = 0; step < MaxSteps; step++)
        {
            var (sinLambda, cosLambda) = Math.SinCos(lambda);
            var cross = (cosU1 * sinU2) - (sinU1 * cosU2 * cosLambda);
            var sinSigma = Math.Sqrt((cosU2 * sinLambda * cosU2 * sinLambda) + (cross * cross));
            var cosSigma = (sinU1 * sinU2) + (cosU1 * cosU2 * cosLambda);
            if (sinSigma == 0)
            {
                metres = 0;
                return cosSigma > 0;
            }

            var sigma = Math.Atan2(sinSigma, cosSigma);
            var sinAlpha = cosU1 * cosU2 * sinLambda / sinSigma;
            var cos2Alpha = 1 - (sinAlpha * sinAlpha);
            // On the equator there is no middle to measure from.
            var cosMiddle = cos2Alpha > 1e-15 ? cosSigma - (2 * sinU1 * sinU2 / cos2Alpha) : 0;
            var c = Wgs84.Flattening / 16 * cos2Alpha * (4 + (Wgs84.Flattening * (4 - (3 * cos2Alpha))));
            var before = lambda;
            var inner = cosMiddle + (c * cosSigma * ((2 * cosMiddle * cosMiddle) - 1));
            lambda = difference + ((1 - c) * Wgs84.Flattening * sinAlpha * (sigma + (c * sinSigma * inner)));
            if (Math.Abs(lambda - before) < Settled)
            {
                metres = Length(cos2Alpha, sigma, sinSigma, cosSigma, cosMiddle);
                return Math.Abs(lambda) <= Math.PI;
            }
        }

        metres = double.NaN;
        return false;
    }

    private static double Length(double cos2Alpha, double sigma, double sinSigma, double cosSigma, double cosMiddle)
    {
        var u2 = cos2Alpha * ((Wgs84.A * Wgs84.A) - (Wgs84.B * Wgs84.B)) / (Wgs84.B * Wgs84.B);
        var a = 1 + (u2 / 16384 * (4096 + (u2 * (-768 + (u2 * (320 - (175 * u2)))))));
        var b = u2 / 1024 * (256 + (u2 * (-128 + (u2 * (74 - (47 * u2))))));
        var square = cosMiddle * cosMiddle;
        var near = cosSigma * ((2 * square) - 1);
        var far = b / 6 * cosMiddle * ((4 * sinSigma * sinSigma) - 3) * ((4 * square) - 3);
        return Wgs84.B * a * (sigma - (b * sinSigma * (cosMiddle + (b / 4 * (near - far)))));
    }

    /// <summary>Sine and cosine of the latitude on the auxiliary sphere.</summary>
    private static (double Sin, double Cos) Reduced(double latitude)
    {
        var (sin, cos) = Math.SinCos(double.DegreesToRadians(latitude));
        var reduced = (1 - Wgs84.Flattening) * sin;
        var length = Math.Sqrt((reduced * reduced) + (cos * cos));
        return (reduced / length, cos / length);
    }
}
