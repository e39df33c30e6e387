using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Json;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Library.Routes;

/// <summary>Reads <c>routes/*.geojson</c>: feature collections as in RFC 7946, each feature a route. Reports every mistake.</summary>
internal sealed class RouteFileReader(DiagnosticBag diagnostics)
{
    private readonly Dictionary<string, Route> _routes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SourceSpot> _spots = new(StringComparer.Ordinal);
    private readonly GeometryReader _geometries = new(diagnostics);
    private bool _isFull;

    /// <summary>Whether a file of a rule set holds routes rather than rules.</summary>
    public static bool Takes(RuleFile file) => file.Path.EndsWith(".geojson", StringComparison.OrdinalIgnoreCase);

    public RouteTable Build() => new(_routes);

    public void Read(RuleFile file)
    {
        if (JsonTree.Load(file.Path, file.Text, diagnostics) is not { } root || YamlMap.Of(root, "a route file", diagnostics) is not { } map)
        {
            return;
        }

        if (map.Has("crs"))
        {
            diagnostics.Error(map.SpotOf("crs"), DiagnosticCodes.Geometry, "'crs' was taken out of GeoJSON in 2016", "WGS 84 longitudes and latitudes, and no 'crs'");
        }

        var type = map.RequiredString("type");
        if (type == "Feature")
        {
            ReadFeature(map, 0);
        }
        else if (type == "FeatureCollection")
        {
            foreach (var (index, feature) in map.RequiredMaps("features", "a feature").Index())
            {
                ReadFeature(feature, index);
            }
        }
        else if (type is not null)
        {
            diagnostics.Error(map.SpotOf("type"), DiagnosticCodes.InvalidValue, $"a route file is of the type '{type}'{NearMiss.Hint(type, ["FeatureCollection", "Feature"])}", "FeatureCollection or Feature");
        }
    }

    private void ReadFeature(YamlMap feature, int index)
    {
        if (feature.RequiredString("type") is { } type && type != "Feature")
        {
            diagnostics.Error(feature.SpotOf("type"), DiagnosticCodes.InvalidValue, $"this is of the type '{type}'", "Feature");
            return;
        }

        var properties = feature.Map("properties", "'properties'");
        var spot = feature.Spot;
        var id = IdOf(feature, properties, ref spot);
        var reading = properties is null ? default : new RoutePropertiesReader(properties).Read();
        var shape = feature.RequiredNode("geometry") is { } node && YamlMap.Of(node, "a geometry", diagnostics) is { } geometry
            ? _geometries.Read(geometry, reading)
            : null;
        if (id is not null && IsNew(id, spot) && shape is { } read)
        {
            var isPolygon = read.Shape.IsPolygon;
            var facts = new RouteFacts(id, spot.File, spot.Line, index, isPolygon, isPolygon ? 0 : 2 * reading.HalfWidth, reading.FromMs, reading.ToMs);
            _routes.Add(id, new Route(id, read.Shape, reading.FromMs, reading.ToMs, read.Fingerprint) { Facts = facts });
        }
    }

    /// <summary>The property <c>id</c>, else the feature's own, else its <c>name</c>.</summary>
    private string? IdOf(YamlMap feature, YamlMap? properties, ref SourceSpot spot)
    {
        var place = properties?.Has("id") == true ? (properties, "id")
            : feature.Has("id") ? (feature, "id")
            : properties?.Has("name") == true ? (properties, "name")
            : ((YamlMap, string)?)null;
        if (place is not { } found)
        {
            diagnostics.Error(spot, DiagnosticCodes.MissingKey, "a feature needs the property 'id', by which rules name it");
            return null;
        }

        spot = found.Item1.SpotOf(found.Item2);
        if (found.Item1.RequiredString(found.Item2) is not { } id)
        {
            return null;
        }

        if (id.Length <= RouteLimits.MaxIdLength && id == id.Trim() && !id.Any(c => char.IsControl(c) || c is '"' or '\''))
        {
            return id;
        }

        diagnostics.Error(spot, DiagnosticCodes.InvalidValue, "this cannot be the id of a route", $"at most {RouteLimits.MaxIdLength} characters without quotes, line breaks and spaces around them");
        return null;
    }

    private bool IsNew(string id, SourceSpot spot)
    {
        if (_spots.TryGetValue(id, out var first))
        {
            diagnostics.Error(spot, DiagnosticCodes.DuplicateName, $"there is a route '{id}' already, in {first.File}:{first.Line}", "another id");
            return false;
        }

        if (_spots.Count == RouteLimits.MaxRoutes)
        {
            if (!_isFull)
            {
                diagnostics.Error(spot, DiagnosticCodes.OutOfRange, "there are too many routes", $"at most {RouteLimits.MaxRoutes} in a rule set");
            }

            _isFull = true;
            return false;
        }

        _spots.Add(id, spot);
        return true;
    }
}
