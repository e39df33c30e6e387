using Fengsui.Rules.Model;

namespace Fengsui.Rules.Evaluation;

/// <summary>Makes the values of a row the latest where nothing newer is known.</summary>
internal static class SlotWriter
{
    public static void Write(DeviceState state, RowPlan plan, long time, ReadOnlySpan<double> values, ReadOnlySpan<Quality> qualities)
    {
        state.EnsureSlots(plan.SlotsNeeded);
        var slots = state.Slots;
        var columns = plan.Slots;
        for (var i = 0; i < columns.Length; i++)
        {
            ref var slot = ref slots[columns[i]];
            if (time >= slot.EventTimeMs)
            {
                var quality = qualities.IsEmpty ? Quality.Good : qualities[i];
                slot.Value = Usable(values[i], quality);
                slot.EventTimeMs = time;
                slot.Quality = quality;
            }
        }
    }

    /// <summary>NaN bits pass unchanged: a packed position may look like one.</summary>
    public static double Usable(double value, Quality quality) =>
        quality == Quality.Bad || double.IsInfinity(value) ? double.NaN : value;
}
