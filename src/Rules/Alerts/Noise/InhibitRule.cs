using Fengsui.Rules.Library.Selection;
using Fengsui.Rules.Model;

namespace Fengsui.Rules.Alerts.Noise;

/// <summary>An alert of <paramref name="source"/> or above that fires hides those of <paramref name="targets"/>, all below it, that begin in its zone.</summary>
internal sealed class InhibitRule(Tier source, IReadOnlyList<Tier> targets, RulePatterns sourceRules, RulePatterns targetRules)
{
    public Tier Source => source;

    public IReadOnlyList<RulePatterns> Patterns => [sourceRules, targetRules];

    public bool Hides(AlertStep step) => targets.Contains(step.Tier) && targetRules.Match(step.Rule);

    public bool IsSource(AlertStatus status) => status.Tier >= source && sourceRules.Match(status.Rule);
}
