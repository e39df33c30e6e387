using Fengsui.Rules.Model;

namespace Fengsui.Rules.Compilation;

/// <summary>The row plans of one program, by shape.</summary>
internal sealed class PlanCache
{
    /// <summary>Bound on cached plans; when it is reached the cache starts anew. Gateways send few shapes.</summary>
    private const int MaxPlans = 4096;

    private readonly Dictionary<int, RowPlan> _plans = [];
    private readonly SlotLayout _layout;
    private readonly List<int>[] _cellsOfSlot;
    private readonly List<int>[] _rulesOfSlot;
    private readonly List<int>[] _contributionsOfSlot;
    private RowPlan? _latest;

    public PlanCache(SlotLayout layout, IEnumerable<int[]> cells, IEnumerable<int[]> rules, IEnumerable<int[]> contributions)
    {
        _layout = layout;
        _cellsOfSlot = BySlot(cells, layout.Count);
        _rulesOfSlot = BySlot(rules, layout.Count);
        _contributionsOfSlot = BySlot(contributions, layout.Count);
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
        for (var i = 0; i < slots.Length; i++)
        {
            slots[i] = _layout.SlotFor(shape.Metrics[i]);
        }

        return new RowPlan(shape, slots, Reached(slots, _cellsOfSlot), Reached(slots, _rulesOfSlot), Reached(slots, _contributionsOfSlot));
    }

    /// <param name="items">The slots that each item reads.</param>
    private static List<int>[] BySlot(IEnumerable<int[]> items, int slotCount)
    {
        var bySlot = new List<int>[slotCount];
        for (var slot = 0; slot < slotCount; slot++)
        {
            bySlot[slot] = [];
        }

        foreach (var (index, slots) in items.Index())
        {
            foreach (var slot in slots)
            {
                bySlot[slot].Add(index);
            }
        }

        return bySlot;
    }

    private static int[] Reached(int[] slots, List<int>[] bySlot) =>
        [.. slots.Where(slot => slot < bySlot.Length).SelectMany(slot => bySlot[slot]).Distinct().Order()];
}
