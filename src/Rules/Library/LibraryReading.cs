using Fengsui.Rules.Binding;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Library;

/// <summary>Getters of <see cref="YamlMap"/> that several sections need.</summary>
internal static class LibraryReading
{
    /// <summary>A unit of <see cref="UnitTable"/>; null when absent, or unknown with a diagnostic.</summary>
    public static Unit? Unit(this YamlMap map, string key)
    {
        if (map.Scalar(key) is not { } scalar)
        {
            return null;
        }

        var unit = UnitTable.Find(scalar.Text);
        if (unit is null)
        {
            map.Diagnostics.Error(scalar.Spot, DiagnosticCodes.UnknownUnit, $"unknown unit '{scalar.Text}'{NearMiss.Hint(scalar.Text, UnitTable.Names)}", "one of " + string.Join(", ", UnitTable.Names));
        }

        return unit;
    }

    /// <summary>A mapping of names to mappings, in the order of the file; those that are none are reported and left out.</summary>
    public static IEnumerable<(YamlScalar Name, YamlMap Map)> NamedMaps(this YamlMap map, string key, string what)
    {
        if (map.Map(key, $"'{key}'") is not { } below)
        {
            yield break;
        }

        foreach (var name in below.Keys)
        {
            if (below.RequiredNode(name.Text) is { } node && YamlMap.Of(node, what, map.Diagnostics) is { } item)
            {
                yield return (name, item);
            }
        }
    }

    /// <summary>A mapping of names to numbers, in the order of the file; those that are none are reported and left out.</summary>
    public static IEnumerable<(YamlScalar Name, double Value)> Numbers(this YamlMap map, string key)
    {
        if (map.Map(key, $"'{key}'") is not { } below)
        {
            yield break;
        }

        foreach (var name in below.Keys)
        {
            if (below.RequiredNode(name.Text) is not null && below.Number(name.Text, double.NaN) is var value && !double.IsNaN(value))
            {
                yield return (name, value);
            }
        }
    }
}
