using System.Runtime.CompilerServices;
using Fengsui.Rules.Compilation;
using Fengsui.Rules.Evaluation.Cells;
using Fengsui.Rules.Model;

namespace Fengsui.Rules.Evaluation;

/// <summary>Runs the rules of one program: after a row, at a tick, and over a late row.</summary>
internal sealed class RuleRunner
{
    /// <summary>Ticks come about once a second; a pause up to this is none.</summary>
    private const long TickGapMs = 5_000;

    private readonly CompiledRule[] _rules;
    private readonly CompiledLevel[] _levels;
    private readonly Scope _scope;
    private readonly int[] _timedRules;
    private readonly int[] _tickedCells;
    private readonly int[] _waitingCells;
    private readonly HotRule[] _hot;
    private readonly PartialSlots _partial;

    public RuleRunner(CompiledRule[] rules, CompiledLevel[] levels, CompiledCell[] cells, SlotLayout layout, Scope scope)
    {
        _rules = rules;
        _levels = levels;
        _partial = new PartialSlots(layout);
        _scope = scope;
        _timedRules = [.. Enumerable.Range(0, rules.Length).Where(index => rules[index].IsTimed)];
        _tickedCells = [.. Enumerable.Range(0, cells.Length).Where(index => cells[index].IsFedByTicks)];
        _waitingCells = [.. Enumerable.Range(0, cells.Length).Where(index => cells[index].Cell.WaitsFromFirstTick)];
        _hot = [.. rules.Select(rule => new HotRule(rule, levels[rule.FirstLevel]))];
    }

    public bool IsTimed => _timedRules.Length > 0;

    /// <summary>The scope has been entered, and the row's values are in place. True when the row was late for some rule.</summary>
    public bool RunRow(DeviceState state, int[] rules, in Moment now, TransitionBuffer output)
    {
        var isLate = false;
        var time = now.EventMs;
        var ruleStates = state.Rules;
        var waitsQuietly = !output.KeepsPending;
        foreach (var index in rules)
        {
            ref var rule = ref ruleStates[index];
            if (time < rule.LastEvaluatedMs)
            {
                isLate = true;
                continue;
            }

            rule.LastEvaluatedMs = time;
            ref readonly var hot = ref _hot[index];
            if (!hot.IsHot || !TryStep(ref rule, hot, state, time, waitsQuietly))
            {
                var carried = Math.Max(time, rule.TickedMs);
                _scope.Carry(carried);
                Run(ref rule, _rules[index], state, carried, output);
            }
        }

        return isLate;
    }

    /// <summary>False when the step is not one of the everyday ones; then nothing has changed.</summary>
    /// <param name="waitsQuietly">Nobody wants to hear of pending conditions.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryStep(ref RuleState rule, in HotRule hot, DeviceState state, long time, bool waitsQuietly)
    {
        ref readonly var slot = ref state.Slots[hot.Slot];
        var x = slot.Value;
        if (double.IsNaN(x) || unchecked(time - slot.EventTimeMs) > hot.MaxAgeMs)
        {
            return false;
        }

        var isTrue = ((x >= hot.Low) & (x <= hot.High)) != hot.Negated;
        if (rule.IsQuiet)
        {
            return !isTrue || (waitsQuietly && hot.ForMs > 0 && Wait(ref rule, ref state.Levels[hot.Level], time));
        }

        return rule.IsPending && waitsQuietly && (isTrue ? GoOn(rule, hot, ref state.Levels[hot.Level], time) : GiveUp(ref rule, ref state.Levels[hot.Level]));
    }

    private static bool Wait(ref RuleState rule, ref LevelState level, long time)
    {
        level = new LevelState { SinceMs = time, MarkMs = time, Phase = LevelPhase.Pending };
        rule.StartMs = Math.Max(time, rule.FloorMs);
        rule.IsPending = true;
        return true;
    }

    private static bool GoOn(in RuleState rule, in HotRule hot, ref LevelState level, long time)
    {
        var waited = unchecked(time - level.SinceMs);
        var gap = unchecked(time - level.MarkMs);
        if (level.Phase != LevelPhase.Pending || waited < 0 || waited >= hot.ForMs || gap < 0 || gap > hot.MaxGapMs || rule.StartMs != Math.Max(level.SinceMs, rule.FloorMs))
        {
            return false;
        }

        level.MarkMs = time;
        return true;
    }

    private static bool GiveUp(ref RuleState rule, ref LevelState level)
    {
        level.Phase = LevelPhase.Idle;
        rule.IsPending = false;
        return true;
    }

    public void RunTick(DeviceState state, in Moment now, TransitionBuffer output)
    {
        if (_timedRules.Length == 0 && _tickedCells.Length == 0 && _waitingCells.Length == 0)
        {
            return;
        }

        _partial.ShowState(state);
        try
        {
            _scope.Enter(state, _partial.Slots, now);
            _scope.IsTick = true;
            foreach (var cell in _waitingCells)
            {
                _scope.Begin(cell);
            }

            foreach (var cell in _tickedCells)
            {
                _scope.TryFeed(state, cell);
            }

            foreach (var index in _timedRules)
            {
                Tick(ref state.Rules[index], _rules[index], state, now.EventMs, output);
            }
        }
        finally
        {
            // A fault is this device's alone: the next one must not see its values.
            _partial.HideState();
        }
    }

    private void Tick(ref RuleState rule, in CompiledRule compiled, DeviceState state, long eventMs, TransitionBuffer output)
    {
        var time = Math.Max(Math.Max(eventMs, rule.TickedMs), rule.LastEvaluatedMs);
        rule.TickedMs = time;
        _scope.Carry(time);
        if (compiled.Rest is { } rest && rest.Cover(time))
        {
            LetRest(ref rule, compiled, state, time, output);
            return;
        }

        RunLevels(ref rule, compiled, compiled.Base.Evaluate(_scope), UnknownPolicy.Keep, state, time, TickGapMs, output);
    }

    /// <summary>The value of an expression at a tick.</summary>
    public double EvaluateAtTick(DeviceState state, Instruction[] code, in Moment now)
    {
        _partial.ShowState(state);
        try
        {
            _scope.Enter(state, _partial.Slots, now);
            _scope.IsTick = true;
            return StackMachine.Number(code, _scope);
        }
        finally
        {
            _partial.HideState();
        }
    }

    /// <summary>Judges a late row by its own values alone: what it does not say is unknown.</summary>
    public void Correct(DeviceState state, RowPlan plan, in Moment now, ReadOnlySpan<double> values, ReadOnlySpan<Quality> qualities)
    {
        _partial.ShowRow(plan, now.EventMs, values, qualities);
        _scope.Enter(state, _partial.Slots, now);
        _scope.IsLateRow = true;
        foreach (var cell in plan.Cells)
        {
            _scope.FeedLate(state, cell);
        }

        foreach (var index in plan.Rules)
        {
            if (now.EventMs < state.Rules[index].LastEvaluatedMs && !state.Rules[index].IsQuiet)
            {
                Interrupt(_rules[index], state, now.EventMs);
            }
        }

        _partial.HideRow(plan);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Run(ref RuleState state, in CompiledRule rule, DeviceState device, long time, TransitionBuffer output)
    {
        if (rule.Rest is not null && rule.Rest.Cover(time))
        {
            LetRest(ref state, rule, device, time, output);
            return;
        }

        var truth = rule.Base.Evaluate(_scope);
        var isNoReason = truth == Truth.False || (truth == Truth.Unknown && rule.Unknown != UnknownPolicy.Alarm);
        if (!isNoReason || rule.LevelCount > 1 || !state.IsQuiet)
        {
            RunLevels(ref state, rule, truth, rule.Unknown, device, time, 0, output);
        }
    }

    /// <summary>
    /// While a rule rests it neither fires nor resolves. What was pending is given up: nobody looks whether the condition goes on
    /// to hold, so its clock begins anew after the rest.
    /// </summary>
    private void LetRest(ref RuleState state, in CompiledRule rule, DeviceState device, long time, TransitionBuffer output)
    {
        foreach (ref var level in device.Levels.AsSpan(rule.FirstLevel, rule.LevelCount))
        {
            level.Phase = level.Phase == LevelPhase.Pending ? LevelPhase.Idle : level.Phase;
        }

        if (state.IsPending)
        {
            AlertLifecycle.Cancel(ref state, new TransitionSource(rule, _scope, time, output));
        }
    }

    private void RunLevels(
        ref RuleState state, in CompiledRule rule, Truth truth, UnknownPolicy unknown, DeviceState device, long time, long minGapMs, TransitionBuffer output)
    {
        var tier = Tier.None;
        long? since = null;
        for (var i = rule.FirstLevel; i < rule.FirstLevel + rule.LevelCount; i++)
        {
            ref var level = ref device.Levels[i];
            truth = i == rule.FirstLevel ? truth : _levels[i].Condition.Evaluate(_scope);
            LevelMachine.Step(ref level, _levels[i], truth, unknown, time, _scope, minGapMs);
            since ??= level.Phase == LevelPhase.Idle ? null : level.SinceMs;
            tier = level.IsInForce ? _levels[i].Tier : tier;
        }

        if (tier < state.Tier)
        {
            tier = StepDown(state.Tier, tier, rule, device);
        }

        if (!AlertLifecycle.IsUnchanged(state, tier, since))
        {
            AlertLifecycle.Step(ref state, tier, since, new TransitionSource(rule, _scope, time, output));
        }
    }

    /// <summary>
    /// An alert that leaves a tier goes to the highest lower one whose condition holds, also when its <c>for</c> is not over: that
    /// is there to let nobody be called for nothing, and somebody has been called. It must not end, to begin anew a moment later.
    /// </summary>
    private Tier StepDown(Tier from, Tier inForce, in CompiledRule rule, DeviceState device)
    {
        for (var i = rule.FirstLevel + rule.LevelCount - 1; i >= rule.FirstLevel && _levels[i].Tier > inForce; i--)
        {
            ref var level = ref device.Levels[i];
            if (_levels[i].Tier < from && level.Phase == LevelPhase.Pending)
            {
                level.Phase = LevelPhase.Active;
                return _levels[i].Tier;
            }
        }

        return inForce;
    }

    private void Interrupt(in CompiledRule rule, DeviceState state, long time)
    {
        for (var i = rule.FirstLevel; i < rule.FirstLevel + rule.LevelCount; i++)
        {
            if (_levels[i].Condition.Evaluate(_scope) == Truth.False)
            {
                LevelMachine.Interrupt(ref state.Levels[i], time);
            }
        }
    }
}
