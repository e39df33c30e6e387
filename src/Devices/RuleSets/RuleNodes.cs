using Fengsui.Rules;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Devices.RuleSets;

/// <summary>Finds where a rule is written.</summary>
public static class RuleNodes
{
    /// <summary>The mapping of a rule in its file; null when the file does not hold it.</summary>
    public static YamlMapping? Find(RuleFile file, Rule rule) =>
        ItemsOf(YamlDocument.Load(file.Path, file.Text, new DiagnosticBag()), "groups")
            .Where(group => TextOf(group, "name") == rule.Group)
            .SelectMany(group => ItemsOf(group, "rules"))
            .FirstOrDefault(item => TextOf(item, "alert") == rule.Alert);

    private static IEnumerable<YamlMapping> ItemsOf(YamlNode? node, string key) =>
        (ValueOf(node, key) as YamlSequence)?.Items.OfType<YamlMapping>() ?? [];

    private static string? TextOf(YamlNode node, string key) => (ValueOf(node, key) as YamlScalar)?.Text;

    private static YamlNode? ValueOf(YamlNode? node, string key) =>
        (node as YamlMapping)?.Entries.FirstOrDefault(entry => entry.Key.Text == key).Value;
}
