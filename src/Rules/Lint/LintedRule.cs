using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Lint;

/// <summary>A rule with the places of its keys.</summary>
internal sealed class LintedRule(Rule rule, YamlMap map, IReadOnlyList<YamlMap> tiers, DiagnosticBag diagnostics)
{
    public Rule Rule { get; } = rule;

    public bool Has(string key) => map.Has(key);

    public SourceSpot SpotOf(string key) => map.SpotOf(key);

    /// <summary>The place of a key of one level: of the rule itself for the base, of the tier for the others.</summary>
    public SourceSpot SpotOf(int level, string key)
    {
        var at = level > 0 && level <= tiers.Count ? tiers[level - 1] : map;
        return at.SpotOf(key);
    }

    public bool LevelHas(int level, string key) => (level > 0 && level <= tiers.Count ? tiers[level - 1] : map).Has(key);

    public void Warn(SourceSpot spot, string code, string message, string expected = "") => diagnostics.Warning(spot, code, message, expected);
}
