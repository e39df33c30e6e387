using Fengsui.Rules.Compilation;
using Fengsui.Rules.Model;

namespace Fengsui.Rules.Evaluation;

/// <summary>Slots that show only a part of what a device reported: at a tick its state metrics, of a late row its own values. Empty in between.</summary>
internal sealed class PartialSlots(SlotLayout layout)
{
    private SlotValue[] _slots = [];

    public SlotValue[] Slots => _slots;

    public void ShowState(DeviceState state)
    {
        Ensure(Math.Max(layout.Count, state.Slots.Length));
        for (var i = 0; i < layout.StateSlots.Count; i++)
        {
            var slot = layout.StateSlots[i];
            _slots[slot] = state.Slots[slot];
        }
    }

    public void HideState()
    {
        for (var i = 0; i < layout.StateSlots.Count; i++)
        {
            _slots[layout.StateSlots[i]] = SlotValue.Empty;
        }
    }

    public void ShowRow(RowPlan plan, long time, ReadOnlySpan<double> values, ReadOnlySpan<Quality> qualities)
    {
        Ensure(Math.Max(layout.Count, plan.SlotsNeeded));
        for (var i = 0; i < plan.Slots.Length; i++)
        {
            ref var slot = ref _slots[plan.Slots[i]];
            slot.Value = SlotWriter.Usable(values[i], qualities.IsEmpty ? Quality.Good : qualities[i]);
            slot.EventTimeMs = time;
        }
    }

    public void HideRow(RowPlan plan)
    {
        foreach (var slot in plan.Slots)
        {
            _slots[slot] = SlotValue.Empty;
        }
    }

    private void Ensure(int count)
    {
        if (_slots.Length < count)
        {
            _slots = new SlotValue[count];
            Array.Fill(_slots, SlotValue.Empty);
        }
    }
}
