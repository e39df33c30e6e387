namespace Fengsui.Rules.Compilation;

/// <summary>Which slot holds which metric. Grows as devices of the profile report metrics that no rule reads; a slot never moves.</summary>
internal sealed class SlotLayout
{
    private readonly Dictionary<ushort, int> _slots = [];
    private readonly List<ushort> _metrics = [];
    private readonly List<int> _stateSlots = [];

    public int Count => _metrics.Count;

    /// <summary>Slots of metrics that hold until they change, of those that rules read.</summary>
    public IReadOnlyList<int> StateSlots => _stateSlots;

    public ushort MetricOf(int slot) => _metrics[slot];

    public int SlotFor(ushort metric, bool isState = false)
    {
        if (!_slots.TryGetValue(metric, out var slot))
        {
            slot = _metrics.Count;
            _slots.Add(metric, slot);
            _metrics.Add(metric);
        }

        if (isState && !_stateSlots.Contains(slot))
        {
            _stateSlots.Add(slot);
        }

        return slot;
    }
}
