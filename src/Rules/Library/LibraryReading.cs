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
}
