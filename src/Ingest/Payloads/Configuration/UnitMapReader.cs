using Fengsui.Rules;
using Fengsui.Rules.Binding;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Ingest.Payloads.Configuration;

/// <summary>Reads units that are converted, wherever a sender names them.</summary>
internal static class UnitMapReader
{
    public static UnitChanges Read(YamlMap map, string key)
    {
        var changes = new List<KeyValuePair<string, UnitConversion>>();
        foreach (var (from, to) in map.StringMap(key))
        {
            if (UnitConversion.Find(from, to.Text) is { } change)
            {
                changes.Add(new(from, change));
            }
            else
            {
                map.Diagnostics.Error(to.Spot, DiagnosticCodes.WrongUnit, $"'{from}' does not convert to '{to.Text}'", "two of one kind among " + string.Join(", ", UnitConversion.Names));
            }
        }

        return new UnitChanges(changes);
    }
}
