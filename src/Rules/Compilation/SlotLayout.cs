namespace Fengsui.Rules.Compilation;

/// <summary>Which slot holds which metric. Grows as devices of the profile report metrics that no rule reads; a slot never moves.</summary>
internal sealed class SlotLayout
{
    private readonly Dictionary<ushort, int> _slots = [];
    private readonly List<ushort> _metrics = [];

    public int Count => _metrics.Count;

    public ushort MetricOf(int slot) => _metrics[slot];

    public int SlotFor(ushort metric)
    {
        if (!_slots.TryGetValue(metric, out var slot))
        {
            slot = _metrics.Count;
            _slots.Add(metric, slot);
            _metrics.Add(metric);
        }

        return slot;
    }
}
