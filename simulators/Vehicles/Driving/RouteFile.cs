using System.Text.Json;

namespace Fengsui.Vehicles.Driving;

/// <summary>Reads the lines of a GeoJSON file; polygons are no roads and are passed over.</summary>
internal static class RouteFile
{
    /// <exception cref="IOException">The file cannot be read, or holds no line to drive along.</exception>
    public static IReadOnlyList<DrivenRoute> Read(string path, string? wanted)
    {
        var routes = new List<DrivenRoute>();
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            var features = root.TryGetProperty("features", out var list) ? list.EnumerateArray().ToList() : [root];
            foreach (var feature in features)
            {
                Add(feature, routes);
            }
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new IOException($"{path} is no GeoJSON of routes: {fault.Message}", fault);
        }

        routes.RemoveAll(route => wanted is not null && route.Id != wanted);
        return routes.Count > 0 ? routes : throw new IOException($"{path} holds no line{(wanted is null ? "" : $" '{wanted}'")} to drive along");
    }

    private static void Add(JsonElement feature, List<DrivenRoute> routes)
    {
        var geometry = feature.GetProperty("geometry");
        var coordinates = geometry.GetProperty("coordinates");
        var lines = geometry.GetProperty("type").GetString() switch
        {
            "LineString" => [coordinates],
            "MultiLineString" => coordinates.EnumerateArray().ToList(),
            _ => new List<JsonElement>(),
        };
        foreach (var line in lines.Where(line => line.GetArrayLength() >= 2))
        {
            routes.Add(new DrivenRoute(IdOf(feature), [.. line.EnumerateArray().Select(point => (point[1].GetDouble(), point[0].GetDouble()))]));
        }
    }

    private static string IdOf(JsonElement feature)
    {
        if (feature.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
        {
            if (properties.TryGetProperty("id", out var id) || properties.TryGetProperty("name", out id))
            {
                return id.ToString();
            }
        }

        return feature.TryGetProperty("id", out var own) ? own.ToString() : "";
    }
}
