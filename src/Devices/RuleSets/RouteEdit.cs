using System.Text;
using Fengsui.Rules;
using Fengsui.Rules.Library.Routes;

namespace Fengsui.Devices.RuleSets;

/// <summary>Changes one feature of the route files of a rule set, and leaves every other byte of them as it stands, so that a diff shows the change alone.</summary>
public static class RouteEdit
{
    /// <summary>Where routes go that no file holds yet.</summary>
    public const string NewFile = "routes/api.geojson";

    private const string Head = "{\"type\": \"FeatureCollection\", \"features\": [\n";
    private const string Tail = "\n]}\n";

    /// <summary>Replaces a feature, or adds one.</summary>
    /// <param name="files">Of a rule set that was accepted.</param>
    /// <param name="known">The route as it is there; null for a new one.</param>
    /// <param name="feature">A GeoJSON feature, as text.</param>
    public static IReadOnlyList<RuleFile> Put(IReadOnlyList<RuleFile> files, RouteFacts? known, string feature)
    {
        var path = known?.File ?? NewFile;
        if (files.FirstOrDefault(file => file.Path == path) is not { } file)
        {
            return [.. files, new RuleFile(path, Head + feature + Tail)];
        }

        var places = FeaturePlaces.Of(file.Text);
        var text = (known, places.IsCollection) switch
        {
            ({ } at, _) => Splice(places, places.Features[at.Index], feature),
            (null, true) => Splice(places, (places.End, places.End), places.Features.Count == 0 ? feature : ",\n" + feature),
            _ => Head + file.Text.Trim() + ",\n" + feature + Tail,
        };
        return With(files, path, text);
    }

    /// <summary>Takes a feature out, and its file when nothing else is in it.</summary>
    public static IReadOnlyList<RuleFile> Remove(IReadOnlyList<RuleFile> files, RouteFacts known)
    {
        var file = files.First(file => file.Path == known.File);
        var places = FeaturePlaces.Of(file.Text);
        if (places.Features.Count == 1)
        {
            return [.. files.Where(other => other.Path != known.File)];
        }

        // With the comma behind it, or that before the last.
        var isLast = known.Index == places.Features.Count - 1;
        var from = isLast ? places.Features[known.Index - 1].End : places.Features[known.Index].Start;
        var to = isLast ? places.Features[known.Index].End : places.Features[known.Index + 1].Start;
        return With(files, known.File, Splice(places, (from, to), ""));
    }

    /// <summary>The text of a route's feature.</summary>
    public static string FeatureOf(IReadOnlyList<RuleFile> files, RouteFacts route)
    {
        var places = FeaturePlaces.Of(files.First(file => file.Path == route.File).Text);
        var (start, end) = places.Features[route.Index];
        return Encoding.UTF8.GetString(places.Bytes.AsSpan(start, end - start));
    }

    private static string Splice(FeaturePlaces places, (int Start, int End) at, string text) =>
        Encoding.UTF8.GetString(places.Bytes.AsSpan(0, at.Start)) + text + Encoding.UTF8.GetString(places.Bytes.AsSpan(at.End));

    private static RuleFile[] With(IReadOnlyList<RuleFile> files, string path, string text) => [.. files.Select(file => file.Path == path ? new RuleFile(path, text) : file)];
}
