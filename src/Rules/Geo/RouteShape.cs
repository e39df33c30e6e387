using Fengsui.Rules.Model;

namespace Fengsui.Rules.Geo;

/// <summary>A corridor along lines, or the ground within polygons. Immutable; shared by all devices.</summary>
/// <param name="boundary">Pieces of the lines, or of the rings.</param>
/// <param name="rings">The edges of polygons; null for lines.</param>
/// <param name="halfWidth">Of a corridor, m to either side; 0 when it has no width.</param>
internal sealed class RouteShape(PieceTree boundary, RingTree? rings, double halfWidth)
{
    /// <summary>Farther than this the way through the ground is too short, and the geodesic is computed, m.</summary>
    private const double NearMetres = 100_000;

    /// <summary>Whether it has an inside: a polygon, or a corridor with a width.</summary>
    public bool IsArea { get; } = rings is not null || halfWidth > 0;

    /// <summary>Whether it is ground rather than lines.</summary>
    public bool IsPolygon => rings is not null;

    public bool Contains(GeoPosition position) => rings is null ? FromLine(position) <= halfWidth : rings.Contains(position);

    /// <summary>Metres outside: from the edge of the corridor, from the line when it has no width, or from the polygon; 0 within.</summary>
    public double Deviation(GeoPosition position) =>
        rings is not null && rings.Contains(position) ? 0 : Math.Max(0, FromLine(position) - halfWidth);

    private double FromLine(GeoPosition position)
    {
        var point = EarthPoint.At(position);
        var nearest = boundary.NearestTo(point, out var straight);
        if (straight < NearMetres)
        {
            // The arc above a chord: the next term is below a hundredth of a millimetre here.
            return straight * (1 + (straight * straight / (24 * Wgs84.MeanRadius * Wgs84.MeanRadius)));
        }

        var (latitude, longitude) = nearest.ToDegrees();
        return Geodesic.Distance(position.Latitude, position.Longitude, latitude, longitude);
    }
}
