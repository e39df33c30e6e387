using Fengsui.Rules.Evaluation;
using Fengsui.Rules.Model;

namespace Fengsui.Rules;

/// <summary>The latest values and the rules' state of one device. Belongs to the program that made it; not thread-safe.</summary>
public sealed class DeviceState
{
    /// <summary>The event time of what has not happened.</summary>
    public const long Never = long.MinValue;

    internal DeviceState(RuleProgram program, int slots, int rules, int levels, int cells, int words, int zoneInputs)
    {
        Program = program;
        Slots = new SlotValue[slots];
        Rules = new RuleState[rules];
        Levels = new LevelState[levels];
        FedMs = new long[cells];
        Memory = new long[words];
        Zone = new double[zoneInputs];
        Array.Fill(Slots, SlotValue.Empty);
        Array.Fill(Rules, RuleState.New);
        Array.Fill(FedMs, Never);
        Array.Fill(Zone, double.NaN);
    }

    /// <summary>The latest event time that was applied; <see cref="Never"/> before the first row.</summary>
    public long LastEventTimeMs { get; internal set; } = Never;

    /// <summary>Slots of this device, among them some that it never reported.</summary>
    public int SlotCount => Slots.Length;

    internal RuleProgram Program { get; set; }

    internal SlotValue[] Slots { get; set; }

    internal RuleState[] Rules { get; set; }

    internal LevelState[] Levels { get; set; }

    /// <summary>What functions remember; each cell has its stretch of it.</summary>
    internal long[] Memory { get; set; }

    /// <summary>Event time of the newest row that was fed to each cell.</summary>
    internal long[] FedMs { get; set; }

    /// <summary>What the zone said last, by zone input of the program; NaN is unknown. Not part of a snapshot: the zone says it again.</summary>
    internal double[] Zone { get; set; }

    /// <summary>The latest value of one metric. <c>EventTimeMs</c> is <see cref="Never"/> when the device never reported it; <c>Value</c> is NaN when the quality is bad.</summary>
    public (ushort Metric, double Value, long EventTimeMs, Quality Quality) Slot(int index)
    {
        ref readonly var slot = ref Slots[index];
        return (Program.Layout.MetricOf(index), slot.Value, slot.EventTimeMs, slot.Quality);
    }

    /// <summary>Alerts that are pending or firing, in the order of the program's rules.</summary>
    public IEnumerable<ActiveAlert> ActiveAlerts()
    {
        for (var i = 0; i < Rules.Length; i++)
        {
            var state = Rules[i];
            if (!state.IsQuiet)
            {
                var phase = state.IsPending ? AlertPhase.Pending : AlertPhase.Firing;
                yield return new ActiveAlert(Program.Rules[i], state.Tier, phase, state.StartMs, state.IsPending ? 0 : state.Sequence);
            }
        }
    }

    /// <summary>Takes over everything of a state that is given up, but for the device's clock.</summary>
    internal void Become(DeviceState other)
    {
        Program = other.Program;
        Slots = other.Slots;
        Rules = other.Rules;
        Levels = other.Levels;
        Memory = other.Memory;
        FedMs = other.FedMs;
        Zone = other.Zone;
    }

    internal void EnsureSlots(int count)
    {
        if (Slots.Length >= count)
        {
            return;
        }

        var larger = new SlotValue[count];
        Slots.CopyTo(larger, 0);
        Array.Fill(larger, SlotValue.Empty, Slots.Length, count - Slots.Length);
        Slots = larger;
    }
}
