using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Library.Selection;

/// <summary>Which rules an override or a maintenance window is about, by id; empty for all.</summary>
internal sealed class RulePatterns(IReadOnlyList<NamePattern> patterns, SourceSpot spot)
{
    public bool IsEvery => patterns.Count == 0;

    public static RulePatterns Read(YamlMap map, string key) => new(DeviceSelector.PatternsOf(map, key), map.SpotOf(key));

    public bool Match(string ruleId) => patterns.Count == 0 || patterns.Any(pattern => pattern.Matches(ruleId));

    /// <summary>Reports patterns that no rule of the set has a name like.</summary>
    public void Check(IReadOnlyList<string> ruleIds, DiagnosticBag diagnostics)
    {
        foreach (var pattern in patterns)
        {
            if (!ruleIds.Any(pattern.Matches))
            {
                var what = pattern.IsName ? $"there is no rule '{pattern.Text}'" : $"no rule is named like '{pattern.Text}'";
                diagnostics.Error(spot, DiagnosticCodes.UnknownName, what + NearMiss.Hint(pattern.Text, ruleIds), "group/alert of a rule, or a pattern such as group/*");
            }
        }
    }
}
