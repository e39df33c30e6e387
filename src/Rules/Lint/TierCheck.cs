using Fengsui.Rules.Binding;
using Fengsui.Rules.Model;

namespace Fengsui.Rules.Lint;

/// <summary>Tiers that can never be reached, and tiers that never stand alone.</summary>
internal sealed class TierCheck : IRuleCheck
{
    private static readonly TruthConstantNode True = new(true);

    public void Check(LintedRule rule)
    {
        var levels = rule.Rule.Levels;
        for (var i = 0; i < levels.Count; i++)
        {
            if (ConditionSpace.Relate(levels[i].Condition, True) is not { } alone)
            {
                continue;
            }

            if (!alone.Both)
            {
                rule.Warn(rule.SpotOf(i, "expr"), LintCodes.NeverTrue, $"this condition can never be true, so the tier '{levels[i].Tier.Name()}' is never reached");
            }
            else if (!alone.SecondOnly)
            {
                rule.Warn(rule.SpotOf(i, "expr"), LintCodes.AlwaysTrue, "this condition is true whatever is measured");
            }
            else if (i > 0)
            {
                CheckBelow(rule, i);
            }
        }
    }

    /// <summary>A tier whose condition is true whenever that of the tier below is, and no later, leaves nothing to the one below.</summary>
    private static void CheckBelow(LintedRule rule, int level)
    {
        var (above, below) = (rule.Rule.Levels[level], rule.Rule.Levels[level - 1]);
        if (above.ForMs <= below.ForMs && ConditionSpace.Relate(below.Condition, above.Condition) is { FirstOnly: false, Both: true })
        {
            rule.Warn(
                rule.SpotOf(level, "expr"),
                LintCodes.TierHidden,
                $"whenever '{below.Tier.Name()}' fires, '{above.Tier.Name()}' does at once too, so '{below.Tier.Name()}' never stands alone",
                $"a condition that is narrower than {below.Expression}, or a longer 'for'");
        }
    }
}
