using System.Globalization;
using Fengsui.Rules.Geo;
using Fengsui.Rules.Model;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Library.Routes;

/// <summary>Reads the coordinates of one geometry into lines of positions, and checks each.</summary>
internal sealed class CoordinateReader(DiagnosticBag diagnostics, bool isPolygon)
{
    private readonly List<GeoPosition[]> _lines = [];
    private int _vertices;
    private bool _isWrong;

    public IReadOnlyList<GeoPosition[]> Lines => _lines;

    /// <param name="levels">Lists around the lists of positions.</param>
    public void Read(YamlNode node, int levels)
    {
        if (node is not YamlSequence list)
        {
            Fail(node.Spot, DiagnosticCodes.WrongType, $"the coordinates are {node.Kind}", "a list");
        }
        else if (levels == 0)
        {
            ReadLine(list);
        }
        else
        {
            foreach (var item in list.Items)
            {
                Read(item, levels - 1);
            }
        }
    }

    /// <summary>False, with diagnostics, when something was wrong.</summary>
    public bool Finish(SourceSpot spot)
    {
        if (!_isWrong && _lines.Count == 0)
        {
            Fail(spot, DiagnosticCodes.Geometry, "the geometry holds nothing", "at least one line or ring");
        }

        if (_vertices > RouteLimits.MaxVertices)
        {
            Fail(spot, DiagnosticCodes.OutOfRange, $"the feature has {_vertices} positions", $"at most {RouteLimits.MaxVertices}; simplify it, or cut it into several");
        }

        return !_isWrong;
    }

    private void ReadLine(YamlSequence list)
    {
        var line = new List<GeoPosition>(list.Items.Count);
        _vertices += list.Items.Count;
        var hadAll = true;
        foreach (var item in list.Items)
        {
            if (PositionOf(item) is not { } position)
            {
                hadAll = false;
                continue;
            }

            if (line.Count > 0 && hadAll)
            {
                CheckEdge(line[^1], position, item.Spot);
            }

            line.Add(position);
        }

        if (hadAll)
        {
            CheckLine(line, list.Spot);
        }

        _lines.Add([.. line]);
    }

    private void CheckLine(List<GeoPosition> line, SourceSpot spot)
    {
        if (line.Count < (isPolygon ? 4 : 2))
        {
            Fail(spot, DiagnosticCodes.Geometry, $"this {(isPolygon ? "ring" : "line")} has {line.Count} position{(line.Count == 1 ? "" : "s")}", isPolygon ? "at least 4, the last equal to the first" : "at least 2");
        }
        else if (isPolygon && line[0] != line[^1])
        {
            Fail(spot, DiagnosticCodes.Geometry, "this ring is not closed", "a last position equal to the first");
        }
    }

    private void CheckEdge(GeoPosition from, GeoPosition to, SourceSpot spot)
    {
        if (Math.Abs(to.Longitude - from.Longitude) > 180)
        {
            Fail(spot, DiagnosticCodes.Geometry, "the way to this position crosses the antimeridian", "a line or polygon cut in two at 180° (RFC 7946, 3.1.9)");
        }
        else if (Geodesic.Distance(from, to) is > RouteLimits.MaxEdgeMetres and var metres)
        {
            Fail(spot, DiagnosticCodes.Geometry, string.Create(CultureInfo.InvariantCulture, $"this position is {metres / 1000:0} km from the one before"), $"at most {RouteLimits.MaxEdgeMetres / 1000} km");
        }
    }

    /// <summary>Longitude, latitude, and possibly a height, which is passed over.</summary>
    private GeoPosition? PositionOf(YamlNode node)
    {
        const string Expected = "[longitude, latitude] in degrees, such as [121.47, 31.23]";
        if (node is not YamlSequence { Items.Count: 2 or 3 } pair || NumberOf(pair.Items[0]) is not { } longitude || NumberOf(pair.Items[1]) is not { } latitude)
        {
            Fail(node.Spot, DiagnosticCodes.WrongType, "this is not a position", Expected);
            return null;
        }

        if (Math.Abs(latitude) <= RouteLimits.MaxLatitude && GeoPosition.TryCreate(latitude, longitude, out var position))
        {
            return position;
        }

        var isSwapped = Math.Abs(longitude) <= RouteLimits.MaxLatitude && Math.Abs(latitude) is > 90 and <= 180;
        var hint = isSwapped ? "; longitude comes first" : "";
        Fail(node.Spot, DiagnosticCodes.OutOfRange, string.Create(CultureInfo.InvariantCulture, $"there is no longitude {longitude} with latitude {latitude}{hint}"), $"longitude ±180, latitude ±{RouteLimits.MaxLatitude}");
        return null;
    }

    private static double? NumberOf(YamlNode node) =>
        node is YamlScalar { IsPlain: true } scalar && double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    private void Fail(SourceSpot spot, string code, string message, string expected)
    {
        _isWrong = true;
        diagnostics.Error(spot, code, message, expected);
    }
}
