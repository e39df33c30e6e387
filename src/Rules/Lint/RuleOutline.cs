using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Lint;

/// <summary>Where each rule stands in its file. Read a second time, so that the rules themselves carry no places that only a linter needs.</summary>
internal static class RuleOutline
{
    /// <summary>By the rule's id; of several with one id the first, as the rule reader takes it.</summary>
    public static Dictionary<string, (YamlMap Rule, IReadOnlyList<YamlMap> Tiers)> Of(IReadOnlyList<RuleFile> files)
    {
        // What is wrong with the files has been reported by who read them as rules.
        var silent = new DiagnosticBag();
        var rules = new Dictionary<string, (YamlMap, IReadOnlyList<YamlMap>)>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            if (YamlDocument.Load(file.Path, file.Text, silent) is not { } root || YamlMap.Of(root, "a rule file", silent) is not { } map)
            {
                continue;
            }

            foreach (var group in map.Maps("groups", "a group"))
            {
                foreach (var rule in group.Maps("rules", "a rule"))
                {
                    rules.TryAdd($"{group.String("name")}/{rule.String("alert")}", (rule, rule.Maps("tiers", "a tier")));
                }
            }
        }

        return rules;
    }
}
