using Fengsui.Rules.Binding;

namespace Fengsui.Rules.Lint;

/// <summary>A <c>clear</c> that contradicts its <c>expr</c>.</summary>
internal sealed class ClearCheck : IRuleCheck
{
    public void Check(LintedRule rule)
    {
        for (var i = 0; i < rule.Rule.Levels.Count; i++)
        {
            var level = rule.Rule.Levels[i];

            // clear: "false" says in so many words that nothing ends it.
            if (level.Clear is not { } clear || clear is TruthConstantNode || ConditionSpace.Relate(level.Condition, clear) is not { } relation)
            {
                continue;
            }

            var spot = rule.SpotOf(i, "clear");
            if (relation is { Both: true, IsExact: true })
            {
                var at = relation.BothAt.Length == 0 ? "" : $" at {relation.BothAt}";
                rule.Warn(spot, LintCodes.ClearOverlaps, $"clear and expr are both true{at}; the alert goes on there", "a clear that is false wherever expr is true");
            }
            else if (relation is { SecondOnly: false, Both: false })
            {
                rule.Warn(spot, LintCodes.NeverClears, "this can never be true, so nothing ends the alert", "clear: \"false\" where that is meant");
            }
            else if (relation is { Neither: false, Both: false })
            {
                rule.Warn(spot, LintCodes.ClearAddsNothing, "clear is true exactly where expr is false, as without it", "a distance between the two, against flapping, or no clear");
            }
        }
    }
}
