using Fengsui.Rules.Model;

namespace Fengsui.Rules.Geo;

/// <summary>
/// Cuts edges into pieces. An edge is straight in longitude and latitude, as RFC 7946 3.1.1 has it and as maps draw it, which is not the
/// shortest way between its ends: at 45° of latitude an edge of 100 km lies up to 200 m beside that. Pieces of a kilometre
/// follow it within 2 cm times the tangent of the latitude.
/// </summary>
internal static class LineCutter
{
    private const double PieceMetres = 1_000;

    /// <summary>Appends the pieces from the first position through all others.</summary>
    public static void Cut(ReadOnlySpan<GeoPosition> line, List<LinePiece> pieces)
    {
        for (var i = 1; i < line.Length; i++)
        {
            CutEdge(line[i - 1], line[i], pieces);
        }
    }

    private static void CutEdge(GeoPosition from, GeoPosition to, List<LinePiece> pieces)
    {
        var start = EarthPoint.At(from);
        var count = PiecesOf(from, to);
        for (var i = 1; i <= count; i++)
        {
            var share = (double)i / count;
            var end = EarthPoint.At(
                from.Latitude + ((to.Latitude - from.Latitude) * share),
                from.Longitude + ((to.Longitude - from.Longitude) * share));
            pieces.Add(new LinePiece(start, end));
            start = end;
        }
    }

    /// <summary>How many pieces an edge takes.</summary>
    public static int PiecesOf(GeoPosition from, GeoPosition to)
    {
        // Along a parallel the shortest way is the shorter one: the rhumb line's length bounds both.
        var north = double.DegreesToRadians(to.Latitude - from.Latitude) * Wgs84.A;
        var widest = Math.Cos(double.DegreesToRadians(Math.Min(Math.Abs(from.Latitude), Math.Abs(to.Latitude))));
        var east = double.DegreesToRadians(to.Longitude - from.Longitude) * Wgs84.A * widest;
        return Math.Max(1, (int)Math.Ceiling(Math.Sqrt((north * north) + (east * east)) / PieceMetres));
    }
}
