using Fengsui.Rules.Model;

namespace Fengsui.Rules.Compilation;

/// <summary>The row plans of one program, by shape.</summary>
internal sealed class PlanCache
{
    /// <summary>Bound on cached plans; when it is reached the cache starts anew. Gateways send few shapes.</summary>
    private const int MaxPlans = 4096;

    private readonly Dictionary<int, RowPlan> _plans = [];
    private readonly List<int>[] _rulesOfSlot;
    private readonly SlotLayout _layout;
    private RowPlan? _latest;

    public PlanCache(CompiledRule[] rules, SlotLayout layout)
    {
        _layout = layout;
        _rulesOfSlot = new List<int>[layout.Count];
        for (var slot = 0; slot < layout.Count; slot++)
        {
            _rulesOfSlot[slot] = [];
        }

        for (var index = 0; index < rules.Length; index++)
        {
            foreach (var slot in rules[index].Slots)
            {
                _rulesOfSlot[slot].Add(index);
            }
        }
    }

    public RowPlan For(Shape shape)
    {
        if (_latest is { } latest && ReferenceEquals(latest.Shape, shape))
        {
            return latest;
        }

        if (!_plans.TryGetValue(shape.Id, out var plan))
        {
            if (_plans.Count >= MaxPlans)
            {
                _plans.Clear();
            }

            plan = Make(shape);
            _plans.Add(shape.Id, plan);
        }

        _latest = plan;
        return plan;
    }

    private RowPlan Make(Shape shape)
    {
        var slots = new int[shape.Count];
        var rules = new SortedSet<int>();
        for (var i = 0; i < slots.Length; i++)
        {
            slots[i] = _layout.SlotFor(shape.Metrics[i]);
            if (slots[i] < _rulesOfSlot.Length)
            {
                rules.UnionWith(_rulesOfSlot[slots[i]]);
            }
        }

        return new RowPlan(shape, slots, [.. rules]);
    }
}
