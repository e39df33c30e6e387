using Fengsui.Rules.Compilation;
using Fengsui.Rules.Model;
using Fengsui.Rules.Zones;

namespace Fengsui.Rules.Evaluation;

/// <summary>Carries a device's state from one program to another.</summary>
internal static class StateMigration
{
    public static void Migrate(DeviceState state, RuleProgram previous, RuleProgram next, long now, TransitionBuffer output)
    {
        if (!ReferenceEquals(state.Program, previous))
        {
            throw new ArgumentException("the state belongs to another program", nameof(previous));
        }

        var fresh = next.CreateState();
        var places = PlacesOf(next);

        // What the zone said last is not part of a snapshot, so it must not show in what ends here.
        ZoneState.Hide(state);
        previous.Scope.Enter(state, state.Slots, new Moment(now, now, now));
        for (var i = 0; i < previous.CompiledRules.Length; i++)
        {
            ref readonly var rule = ref previous.CompiledRules[i];
            var hasPlace = places.TryGetValue(rule.Rule.Id, out var place);
            if (hasPlace && next.CompiledRules[place].Identity.AsSpan().SequenceEqual(rule.Identity))
            {
                fresh.Rules[place] = state.Rules[i];
                state.Levels.AsSpan(rule.FirstLevel, rule.LevelCount).CopyTo(fresh.Levels.AsSpan(next.CompiledRules[place].FirstLevel));
                if (rule.Rule.Shadow != next.CompiledRules[place].Rule.Shadow)
                {
                    BeginAnew(ref fresh.Rules[place], new TransitionSource(rule, previous.Scope, now, output));
                }

                continue;
            }

            End(ref state.Rules[i], new TransitionSource(rule, previous.Scope, now, output));
            if (hasPlace)
            {
                KeepCount(state.Rules[i], ref fresh.Rules[place]);
            }
        }

        CopyCells(state, previous, fresh, next);
        CopySlots(state, previous.Layout, fresh, next.Layout);
        state.Become(fresh);
    }

    /// <summary>Ages stay what they are: everything that was so long ago by the old clock is so long ago by the new one.</summary>
    public static void RestartClock(DeviceState state, long lastMs, long nowMs)
    {
        if (state.LastEventTimeMs == DeviceState.Never)
        {
            return;
        }

        lastMs = Math.Max(lastMs, state.LastEventTimeMs);
        foreach (ref var rule in state.Rules.AsSpan())
        {
            rule.LastEvaluatedMs = DeviceState.Never;
            rule.TickedMs = DeviceState.Never;
        }

        state.LastEventTimeMs = nowMs;
        foreach (ref var slot in state.Slots.AsSpan())
        {
            slot.EventTimeMs = Moved(slot.EventTimeMs, lastMs, nowMs);
        }

        for (var i = 0; i < state.FedMs.Length; i++)
        {
            var cell = state.Program.Cells[i];
            var memory = state.Memory.AsSpan(cell.Offset, cell.Words);
            state.FedMs[i] = cell.Cell.RestartClock(memory, lastMs, nowMs) ? Moved(state.FedMs[i], lastMs, nowMs) : DeviceState.Never;
        }

        // Marks lie in the future of the new clock: a pending level restarts at its next row, a hold at its next clear.
        foreach (ref var level in state.Levels.AsSpan())
        {
            level.Phase = level.Phase switch
            {
                LevelPhase.Pending => LevelPhase.Idle,
                LevelPhase.Holding => LevelPhase.Active,
                _ => level.Phase,
            };
        }
    }

    private static long Moved(long time, long lastMs, long nowMs) =>
        time == DeviceState.Never ? time : nowMs - Math.Min(EventTime.Elapsed(time, lastMs), long.MaxValue / 2);

    private static Dictionary<string, int> PlacesOf(RuleProgram program)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < program.Rules.Count; i++)
        {
            places.Add(program.Rules[i].Id, i);
        }

        return places;
    }

    private static void End(ref RuleState rule, in TransitionSource source)
    {
        if (rule.Tier != Tier.None)
        {
            AlertLifecycle.Resolve(ref rule, ResolveReason.RuleChanged, source);
        }
        else if (rule.IsPending)
        {
            AlertLifecycle.Cancel(ref rule, source);
        }
    }

    /// <summary>
    /// A rule that goes live was told to nobody while it was on trial: what it has firing ends there, and begins again, under a
    /// new id, with the next reading that still shows it. Its clocks go on.
    /// </summary>
    private static void BeginAnew(ref RuleState rule, in TransitionSource source)
    {
        if (rule.Tier != Tier.None)
        {
            AlertLifecycle.Resolve(ref rule, ResolveReason.RuleChanged, source);

            // A millisecond later: the two must not share an id, of which receivers would have missed the first steps.
            rule.FloorMs = EventTime.JustAfter(rule.FloorMs);
            (rule.IsPending, rule.StartMs, rule.Sequence) = (true, rule.FloorMs, 0);
        }
    }

    /// <summary>A changed rule keeps its id, so its next alert must not take the id of the one that just ended.</summary>
    private static void KeepCount(in RuleState from, ref RuleState to)
    {
        to.FloorMs = from.FloorMs;
        to.StartMs = from.StartMs;
        to.Sequence = from.Sequence;
    }

    private static void CopyCells(DeviceState from, RuleProgram previous, DeviceState to, RuleProgram next)
    {
        for (var i = 0; i < next.Cells.Length; i++)
        {
            var cell = next.Cells[i];
            for (var j = 0; j < previous.Cells.Length; j++)
            {
                var old = previous.Cells[j];
                if (old.Identity == cell.Identity && old.Words == cell.Words)
                {
                    from.Memory.AsSpan(old.Offset, old.Words).CopyTo(to.Memory.AsSpan(cell.Offset));
                    to.FedMs[i] = from.FedMs[j];
                }
            }
        }
    }

    private static void CopySlots(DeviceState from, SlotLayout fromLayout, DeviceState to, SlotLayout toLayout)
    {
        for (var i = 0; i < from.Slots.Length; i++)
        {
            if (from.Slots[i].EventTimeMs != DeviceState.Never)
            {
                var slot = toLayout.SlotFor(fromLayout.MetricOf(i));
                to.EnsureSlots(slot + 1);
                to.Slots[slot] = from.Slots[i];
            }
        }
    }
}
