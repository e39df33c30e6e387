using Fengsui.Rules.Lint.Standards;
using Fengsui.Rules.Parsing;

namespace Fengsui.Rules.Lint;

/// <summary>
/// Finds what is wrong with rule files, and what is right and yet surely not meant. Rules that can be read are looked at
/// even when others cannot.
/// </summary>
public static class RuleLinter
{
    /// <summary>Mistakes and warnings by file, line and column. Never throws for what the files hold.</summary>
    public static IReadOnlyList<Diagnostic> Lint(IReadOnlyList<RuleFile> files, LintFacts facts)
    {
        RuleFile[] sorted = [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)];
        var diagnostics = new DiagnosticBag();
        var (rules, library) = new RuleFileReader(diagnostics).Read(sorted);
        var outline = RuleOutline.Of(sorted);
        LintedRule[] enabled =
        [
            .. rules.Where(rule => !rule.Disabled && outline.ContainsKey(rule.Id))
                .Select(rule => new LintedRule(rule, outline[rule.Id].Rule, outline[rule.Id].Tiers, diagnostics)),
        ];
        IRuleCheck[] checks =
        [
            new TierCheck(), new ClearCheck(), new DurationCheck(), new SelectionCheck(facts.Profiles), new MetricCheck(facts.Metrics),
            new TwinCheck(), new CeilingCheck(rules, library, facts),
        ];
        foreach (var rule in enabled)
        {
            foreach (var check in checks)
            {
                check.Check(rule);
            }
        }

        return diagnostics.ToSortedList();
    }
}
