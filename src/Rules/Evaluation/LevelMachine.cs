using Fengsui.Rules.Compilation;
using Fengsui.Rules.Model;

namespace Fengsui.Rules.Evaluation;

/// <summary>
/// The life of one tier: idle → pending → active → holding → idle, moved by one row at a time. Nothing moves without
/// a row, and only evidence moves it: unknown neither starts nor ends anything unless the rule says that it alarms.
/// </summary>
internal static class LevelMachine
{
    /// <param name="truth">What the level's condition says in <paramref name="scope"/>.</param>
    /// <param name="minGapMs">A gap up to this is none: ticks come as they come.</param>
    public static void Step(ref LevelState state, in CompiledLevel level, Truth truth, UnknownPolicy unknown, long time, Scope scope, long minGapMs)
    {
        if (truth == Truth.Unknown && unknown == UnknownPolicy.Alarm)
        {
            truth = Truth.True;
        }

        if (truth == Truth.True)
        {
            Raise(ref state, level, time, minGapMs);
        }
        else if (state.Phase == LevelPhase.Pending)
        {
            var isFrozen = truth == Truth.Unknown && unknown == UnknownPolicy.Keep;
            state.Phase = isFrozen ? LevelPhase.Pending : LevelPhase.Idle;
        }
        else if (state.Phase != LevelPhase.Idle)
        {
            Lower(ref state, level, truth, time, scope);
        }
    }

    /// <summary>A row older than what was applied shows that the condition was false then: the pending clock begins after it.</summary>
    public static void Interrupt(ref LevelState state, long lateTime)
    {
        if (state.Phase == LevelPhase.Pending && lateTime >= state.SinceMs)
        {
            state.SinceMs = EventTime.JustAfter(lateTime);
        }
    }

    private static void Raise(ref LevelState state, in CompiledLevel level, long time, long minGapMs)
    {
        if (state.IsInForce)
        {
            state.Phase = LevelPhase.Active;
            return;
        }

        var isContinued = state.Phase == LevelPhase.Pending && EventTime.Elapsed(state.MarkMs, time) <= Math.Max(level.MaxGapMs, minGapMs);
        state.SinceMs = isContinued ? state.SinceMs : time;
        state.MarkMs = time;
        state.Phase = EventTime.Elapsed(state.SinceMs, time) >= level.ForMs ? LevelPhase.Active : LevelPhase.Pending;
    }

    private static void Lower(ref LevelState state, in CompiledLevel level, Truth truth, long time, Scope scope)
    {
        if (level.IsLatched)
        {
            return;
        }

        var isCleared = level.HasClear ? level.Clear.Evaluate(scope) == Truth.True : truth == Truth.False;
        if (state.Phase == LevelPhase.Active && isCleared)
        {
            (state.Phase, state.MarkMs) = (LevelPhase.Holding, time);
        }

        var isEvidence = isCleared || truth == Truth.False;
        if (state.Phase == LevelPhase.Holding && isEvidence && EventTime.Elapsed(state.MarkMs, time) >= level.HoldMs)
        {
            state.Phase = LevelPhase.Idle;
        }
    }
}
