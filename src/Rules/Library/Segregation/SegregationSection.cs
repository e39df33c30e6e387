using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Library.Segregation;

/// <summary><c>segregation:</c> the table of a rule set.</summary>
internal sealed class SegregationSection : ILibrarySection
{
    /// <summary>Bound on the classes of a table.</summary>
    public const int MaxClasses = 64;

    private SegregationTable? _table;

    public string Key => "segregation";

    public SegregationTable? Build() => _table;

    public void Read(YamlMap file)
    {
        if (file.Map(Key, "'segregation'") is not { } map)
        {
            return;
        }

        var table = ReadTable(map);
        if (_table is { } first)
        {
            file.Diagnostics.Error(map.Spot, DiagnosticCodes.Conflict, $"there is a segregation table already, in {first.Spot.File}:{first.Spot.Line}", "one table for the rule set");
            return;
        }

        _table = table;
    }

    private static SegregationTable? ReadTable(YamlMap map)
    {
        var edition = map.RequiredString("edition");
        var certainty = map.String("certainty");
        var groups = ReadClasses(map);
        map.RequiredNode("cells");
        var rows = map.Strings("cells");
        map.Finish();
        if (edition is null || groups.Count == 0 || (rows.Count == 0 && !map.Has("cells")))
        {
            return null;
        }

        if (rows.Count != groups.Count)
        {
            map.Diagnostics.Error(map.SpotOf("cells"), DiagnosticCodes.Segregation, $"the table has {rows.Count} rows for {groups.Count} classes", "one row for each entry of 'classes', in their order");
            return null;
        }

        var cells = SegregationCells.Read(map, groups, rows);
        return cells is null ? null : new SegregationTable(edition, certainty, map.Spot, PlacesOf(groups), cells);
    }

    /// <summary>Classes with one row are joined by a slash: <c>1.1/1.2/1.5</c>.</summary>
    private static List<string[]> ReadClasses(YamlMap map)
    {
        map.RequiredNode("classes");
        var groups = map.Strings("classes").Select(text => text.Split('/', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToList();
        if (groups.Count > MaxClasses)
        {
            map.Diagnostics.Error(map.SpotOf("classes"), DiagnosticCodes.OutOfRange, $"the table has {groups.Count} classes", $"at most {MaxClasses}");
            return [];
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in groups.SelectMany(group => group).Where(name => !seen.Add(name)))
        {
            map.Diagnostics.Error(map.SpotOf("classes"), DiagnosticCodes.DuplicateName, $"the class '{name}' is given twice", "each class once");
        }

        return groups;
    }

    private static Dictionary<string, int> PlacesOf(List<string[]> groups)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (place, group) in groups.Index())
        {
            foreach (var name in group)
            {
                places.TryAdd(name, place);
            }
        }

        return places;
    }
}
