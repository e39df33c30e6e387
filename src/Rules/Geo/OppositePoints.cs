namespace Fengsui.Rules.Geo;

/// <summary>
/// Distance between points almost opposite each other. Whatever way the shortest line takes, it crosses the circle halfway
/// round from the first point, and there both halves are short enough for Vincenty: the distance is the least sum over that circle.
/// </summary>
internal static class OppositePoints
{
    private const int Directions = 36;

    /// <summary>Narrows a direction of 20° to less than a thousandth of a second of arc.</summary>
    private const int Narrowings = 45;

    public static double Distance(double latitude1, double longitude1, double latitude2, double longitude2)
    {
        const double Step = 2 * Math.PI / Directions;
        var (best, least) = (0.0, double.PositiveInfinity);
        for (var i = 0; i < Directions; i++)
        {
            var sum = Through(i * Step, latitude1, longitude1, latitude2, longitude2);
            (best, least) = sum < least ? (i * Step, sum) : (best, least);
        }

        var (low, high) = (best - Step, best + Step);
        for (var i = 0; i < Narrowings; i++)
        {
            var (left, right) = (low + ((high - low) * 0.382), high - ((high - low) * 0.382));
            var isLeft = Through(left, latitude1, longitude1, latitude2, longitude2) < Through(right, latitude1, longitude1, latitude2, longitude2);
            (low, high) = isLeft ? (low, right) : (left, high);
        }

        return Math.Min(least, Through((low + high) / 2, latitude1, longitude1, latitude2, longitude2));
    }

    /// <summary>The way by the point a quarter of the way round in a direction (rad) from the first.</summary>
    private static double Through(double direction, double latitude1, double longitude1, double latitude2, double longitude2)
    {
        var (sinLat, cosLat) = Math.SinCos(double.DegreesToRadians(latitude1));
        var (sin, cos) = Math.SinCos(direction);
        var latitude = double.RadiansToDegrees(Math.Asin(Math.Clamp(cosLat * cos, -1, 1)));
        var longitude = longitude1 + double.RadiansToDegrees(Math.Atan2(sin * cosLat, -sinLat * Math.Sin(double.DegreesToRadians(latitude))));
        var isKnown = Geodesic.TryVincenty(latitude1, longitude1, latitude, longitude, out var first);
        return Geodesic.TryVincenty(latitude, longitude, latitude2, longitude2, out var second) && isKnown ? first + second : double.PositiveInfinity;
    }
}
