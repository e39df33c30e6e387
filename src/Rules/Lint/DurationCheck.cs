namespace Fengsui.Rules.Lint;

/// <summary>Durations that can never be met, or that nothing uses.</summary>
internal sealed class DurationCheck : IRuleCheck
{
    public void Check(LintedRule rule)
    {
        var levels = rule.Rule.Levels;
        for (var i = 0; i < levels.Count; i++)
        {
            if (levels[i] is { ForMs: > 0, MaxGapMs: 0 })
            {
                var spot = rule.LevelHas(i, "max_gap") ? rule.SpotOf(i, "max_gap") : rule.SpotOf("max_gap");
                rule.Warn(spot, LintCodes.NeverHeld, "with max_gap 0s every reading begins anew, so 'for' is never met", "at least the interval between two readings");
            }
            else if (levels[i].ForMs == 0 && i > 0 && rule.LevelHas(i, "max_gap"))
            {
                rule.Warn(rule.SpotOf(i, "max_gap"), LintCodes.NoEffect, "max_gap without 'for' does nothing");
            }
        }

        if (rule.Has("max_gap") && levels.All(level => level.ForMs == 0))
        {
            rule.Warn(rule.SpotOf("max_gap"), LintCodes.NoEffect, "max_gap without 'for' does nothing");
        }

        if (rule.Has("step_down_after") && levels.Count == 1)
        {
            rule.Warn(rule.SpotOf("step_down_after"), LintCodes.NoEffect, "step_down_after without 'tiers' does nothing", "keep_firing_for for the base tier");
        }
    }
}
