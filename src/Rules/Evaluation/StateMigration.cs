using Fengsui.Rules.Compilation;
using Fengsui.Rules.Model;

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
        for (var i = 0; i < previous.Compiled.Length; i++)
        {
            ref readonly var rule = ref previous.Compiled[i];
            var hasPlace = places.TryGetValue(rule.Rule.Id, out var place);
            if (hasPlace && next.Compiled[place].Rule.Fingerprint == rule.Rule.Fingerprint)
            {
                fresh.Rules[place] = state.Rules[i];
                state.Levels.AsSpan(rule.FirstLevel, rule.LevelCount).CopyTo(fresh.Levels.AsSpan(next.Compiled[place].FirstLevel));
                continue;
            }

            End(ref state.Rules[i], new TransitionSource(rule, previous.Layout, state.Slots, now, output));
            if (hasPlace)
            {
                KeepCount(state.Rules[i], ref fresh.Rules[place]);
            }
        }

        CopySlots(state, previous.Layout, fresh, next.Layout);
        (state.Program, state.Slots, state.Rules, state.Levels) = (next, fresh.Slots, fresh.Rules, fresh.Levels);
    }

    public static void RestartClock(DeviceState state)
    {
        state.LastEventTimeMs = DeviceState.Never;
        foreach (ref var slot in state.Slots.AsSpan())
        {
            slot.EventTimeMs = slot.EventTimeMs == DeviceState.Never ? slot.EventTimeMs : DeviceState.Never + 1;
        }

        foreach (ref var rule in state.Rules.AsSpan())
        {
            rule.LastEvaluatedMs = DeviceState.Never;
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

    /// <summary>A changed rule keeps its id, so its next alert must not take the id of the one that just ended.</summary>
    private static void KeepCount(in RuleState from, ref RuleState to)
    {
        to.FloorMs = from.FloorMs;
        to.StartMs = from.StartMs;
        to.Sequence = from.Sequence;
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
