using System.Security.Cryptography;
using System.Text;
using Fengsui.Rules.Geo;
using Fengsui.Rules.Model;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Library.Routes;

/// <summary>Reads geometries: lines and polygons, one or several.</summary>
internal sealed class GeometryReader(DiagnosticBag diagnostics)
{
    private static readonly string[] Types = ["LineString", "MultiLineString", "Polygon", "MultiPolygon"];

    private int _pieces;

    /// <summary>Null, with diagnostics, when it is none that can be a route.</summary>
    public (RouteShape Shape, string Fingerprint)? Read(YamlMap geometry, in RouteProperties properties)
    {
        if (geometry.RequiredString("type") is not { } type)
        {
            return null;
        }

        if (!Types.Contains(type))
        {
            diagnostics.Error(geometry.SpotOf("type"), DiagnosticCodes.InvalidValue, $"a '{type}' cannot be a route{NearMiss.Hint(type, Types)}", "one of " + string.Join(", ", Types));
            return null;
        }

        var isPolygon = type.EndsWith("Polygon", StringComparison.Ordinal);
        if (isPolygon && properties.HasWidth)
        {
            diagnostics.Error(properties.WidthSpot, DiagnosticCodes.Geometry, "a polygon has no width", "a width on lines only");
        }

        if (geometry.RequiredNode("coordinates") is not { } coordinates)
        {
            return null;
        }

        var levels = type switch { "LineString" => 0, "MultiPolygon" => 2, _ => 1 };
        var reader = new CoordinateReader(diagnostics, isPolygon);
        reader.Read(coordinates, levels);
        return reader.Finish(coordinates.Spot) && HasRoomFor(reader.Lines, coordinates.Spot) ? Build(reader.Lines, isPolygon, properties) : null;
    }

    private bool HasRoomFor(IReadOnlyList<GeoPosition[]> lines, SourceSpot spot)
    {
        foreach (var line in lines)
        {
            for (var i = 1; i < line.Length; i++)
            {
                _pieces += LineCutter.PiecesOf(line[i - 1], line[i]);
            }
        }

        if (_pieces <= RouteLimits.MaxPieces)
        {
            return true;
        }

        diagnostics.Error(spot, DiagnosticCodes.OutOfRange, "the routes up to here are too long together", $"at most {RouteLimits.MaxPieces} pieces of a kilometre or less");
        return false;
    }

    private static (RouteShape Shape, string Fingerprint) Build(IReadOnlyList<GeoPosition[]> lines, bool isPolygon, in RouteProperties properties)
    {
        var pieces = new List<LinePiece>();
        var edges = new List<RingEdge>();
        var text = new StringBuilder().Append(isPolygon).Append(' ').Append(BitConverter.DoubleToInt64Bits(properties.HalfWidth))
            .Append(' ').Append(properties.FromMs).Append(' ').Append(properties.ToMs);
        foreach (var line in lines)
        {
            LineCutter.Cut(line, pieces);
            text.Append('\n');
            for (var i = 0; i < line.Length; i++)
            {
                text.Append(line[i].LatitudeE7).Append(',').Append(line[i].LongitudeE7).Append(' ');
                if (i > 0)
                {
                    edges.Add(new RingEdge(line[i - 1], line[i]));
                }
            }
        }

        var rings = isPolygon ? new RingTree([.. edges]) : null;
        var shape = new RouteShape(new PieceTree([.. pieces]), rings, isPolygon ? 0 : properties.HalfWidth);
        return (shape, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))));
    }
}
