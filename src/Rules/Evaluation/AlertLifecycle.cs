using Fengsui.Rules.Model;

namespace Fengsui.Rules.Evaluation;

/// <summary>Turns what the levels of a rule say after a row into the steps of its alert.</summary>
internal static class AlertLifecycle
{
    /// <summary>Whether <see cref="Step"/> would do nothing; it mostly would not.</summary>
    public static bool IsUnchanged(in RuleState state, Tier tier, long? since) =>
        tier == state.Tier
        && (tier != Tier.None || (since is { } time ? state.IsPending && state.StartMs == Math.Max(time, state.FloorMs) : !state.IsPending));

    /// <param name="tier">The highest tier in force, or none.</param>
    /// <param name="since">Since when the lowest level that is not idle has been true; null when all are idle.</param>
    public static void Step(ref RuleState state, Tier tier, long? since, in TransitionSource source)
    {
        long? start = since is { } time ? Math.Max(time, state.FloorMs) : null;
        if (tier != Tier.None)
        {
            InForce(ref state, tier, start.GetValueOrDefault(), source);
            return;
        }

        if (state.Tier != Tier.None)
        {
            Resolve(ref state, ResolveReason.Cleared, source);
            start = since is { } later ? Math.Max(later, state.FloorMs) : null;
        }

        Wait(ref state, start, source);
    }

    public static void Resolve(ref RuleState state, ResolveReason reason, in TransitionSource source)
    {
        var previous = state.Tier;
        state.Tier = Tier.None;
        state.Sequence++;
        source.Emit(TransitionKind.Resolved, state, previous, reason);
        state.FloorMs = Math.Max(Math.Max(state.FloorMs, source.EventTimeMs), state.StartMs);
        if (state.FloorMs != state.StartMs)
        {
            state.Sequence = 0;
        }
    }

    /// <summary>Ends a pending episode that will not fire.</summary>
    public static void Cancel(ref RuleState state, in TransitionSource source)
    {
        state.IsPending = false;
        source.Emit(TransitionKind.Cancelled, state, Tier.None, ResolveReason.None);
    }

    private static void InForce(ref RuleState state, Tier tier, long start, in TransitionSource source)
    {
        if (state.Tier == tier)
        {
            return;
        }

        var previous = state.Tier;
        if (previous == Tier.None)
        {
            Begin(ref state, start, source);
        }

        state.Tier = tier;
        state.Sequence++;
        source.Emit(previous == Tier.None ? TransitionKind.Firing : TransitionKind.TierChanged, state, previous, ResolveReason.None);
    }

    private static void Begin(ref RuleState state, long start, in TransitionSource source)
    {
        if (state.IsPending && state.StartMs != start)
        {
            Cancel(ref state, source);
        }

        // An alert that starts in the very millisecond of the one before has its id, and goes on counting.
        state.Sequence = start == state.FloorMs ? state.Sequence : 0;
        state.StartMs = start;
        state.IsPending = false;
    }

    private static void Wait(ref RuleState state, long? start, in TransitionSource source)
    {
        if (state.IsPending && start != state.StartMs)
        {
            Cancel(ref state, source);
        }

        if (start is { } time && !state.IsPending)
        {
            (state.StartMs, state.IsPending) = (time, true);
            source.Emit(TransitionKind.Pending, state, Tier.None, ResolveReason.None);
        }
    }
}
