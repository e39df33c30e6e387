using Fengsui.Rules.Compilation;
using Fengsui.Rules.Model;

namespace Fengsui.Rules.Evaluation;

/// <summary>The way out of a latched rule: an operator's command, which ends only what is not true.</summary>
internal static class LatchReset
{
    public static ResetOutcome Reset(RuleProgram program, DeviceState state, string ruleId, in Moment now, TransitionBuffer output)
    {
        var index = Array.FindIndex(program.CompiledRules, item => item.Rule.Id == ruleId);
        if (index < 0)
        {
            return ResetOutcome.NoSuchRule;
        }

        ref readonly var rule = ref program.CompiledRules[index];
        ref var ruleState = ref state.Rules[index];
        if (!rule.Rule.IsLatched || ruleState.Tier == Tier.None)
        {
            return rule.Rule.IsLatched ? ResetOutcome.NotFiring : ResetOutcome.NotLatched;
        }

        // A reset, like a tick, never goes back behind what happened.
        var time = Math.Max(Math.Max(now.EventMs, ruleState.TickedMs), ruleState.LastEvaluatedMs);
        program.Scope.Enter(state, state.Slots, now);
        program.Scope.Carry(time);
        if (!Release(program, rule, state))
        {
            return ResetOutcome.StillTrue;
        }

        ruleState.TickedMs = time;
        return Step(program, rule, ref ruleState, state, new TransitionSource(rule, program.Scope, time, output));
    }

    /// <summary>Ends the tiers that are in force and not true. False when there are none.</summary>
    private static bool Release(RuleProgram program, in CompiledRule rule, DeviceState state)
    {
        var hasReleased = false;
        for (var i = rule.FirstLevel; i < rule.FirstLevel + rule.LevelCount; i++)
        {
            if (state.Levels[i].IsInForce && !IsTrue(program.Levels[i].Condition.Evaluate(program.Scope), rule.Unknown))
            {
                state.Levels[i].Phase = LevelPhase.Idle;
                hasReleased = true;
            }
        }

        return hasReleased;
    }

    private static bool IsTrue(Truth truth, UnknownPolicy unknown) => truth == Truth.True || (truth == Truth.Unknown && unknown == UnknownPolicy.Alarm);

    private static ResetOutcome Step(RuleProgram program, in CompiledRule rule, ref RuleState ruleState, DeviceState state, in TransitionSource source)
    {
        var tier = Tier.None;
        long? since = null;
        for (var i = rule.FirstLevel; i < rule.FirstLevel + rule.LevelCount; i++)
        {
            since ??= state.Levels[i].Phase == LevelPhase.Idle ? null : state.Levels[i].SinceMs;
            tier = state.Levels[i].IsInForce ? program.Levels[i].Tier : tier;
        }

        var isOver = tier == Tier.None;
        if (isOver)
        {
            AlertLifecycle.Resolve(ref ruleState, ResolveReason.Reset, source);
        }

        if (!AlertLifecycle.IsUnchanged(ruleState, tier, since))
        {
            AlertLifecycle.Step(ref ruleState, tier, since, source);
        }

        return isOver ? ResetOutcome.Resolved : ResetOutcome.SteppedDown;
    }
}
