using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Library.SetPoints;

/// <summary><c>setpoints:</c> limits by type of device or by label.</summary>
internal sealed class SetPointsSection : ILibrarySection
{
    private const string ExpectedKey = "'type' or 'labels.NAME'";

    private static readonly string[] LabelPrefixes = ["labels.", "label."];

    private readonly Dictionary<string, SetPointTable> _tables = new(StringComparer.Ordinal);

    public string Key => "setpoints";

    public SetPointTables Build() => new(_tables);

    public void Read(YamlMap file)
    {
        foreach (var (name, map) in file.NamedMaps(Key, "a table of set-points"))
        {
            var table = Read(name, map);
            if (!_tables.TryAdd(table.Name, table))
            {
                var first = _tables[table.Name].Spot;
                file.Diagnostics.Error(name.Spot, DiagnosticCodes.DuplicateName, $"there is a table '{table.Name}' already, in {first.File}:{first.Line}", "another name");
            }
        }
    }

    private static SetPointTable Read(YamlScalar name, YamlMap map)
    {
        var table = new SetPointTable
        {
            Name = name.Text,
            Label = LabelOf(map),
            Unit = map.Unit("unit"),
            Values = ReadValues(map),
            Default = map.Number("default", double.NaN),
            Clause = map.String("clause"),
            Certainty = map.String("certainty"),
            Spot = name.Spot,
        };
        map.Finish();
        return table;
    }

    private static string? LabelOf(YamlMap map)
    {
        if (map.RequiredScalar("by") is not { } by || by.Text == "type")
        {
            return null;
        }

        foreach (var prefix in LabelPrefixes)
        {
            if (by.Text.StartsWith(prefix, StringComparison.Ordinal) && by.Text.Length > prefix.Length)
            {
                return by.Text[prefix.Length..];
            }
        }

        map.Diagnostics.Error(by.Spot, DiagnosticCodes.InvalidValue, $"'by' is {by.Kind}", ExpectedKey);
        return null;
    }

    private static Dictionary<string, double> ReadValues(YamlMap map)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        map.RequiredNode("values");
        foreach (var (name, value) in map.Numbers("values"))
        {
            values[name.Text] = value;
        }

        return values;
    }
}
