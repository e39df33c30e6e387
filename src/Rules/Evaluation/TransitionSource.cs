using Fengsui.Rules.Compilation;
using Fengsui.Rules.Model;

namespace Fengsui.Rules.Evaluation;

/// <summary>What every transition caused by one row and one rule has in common.</summary>
internal readonly ref struct TransitionSource(
    in CompiledRule rule,
    SlotLayout layout,
    SlotValue[] slots,
    long eventTimeMs,
    TransitionBuffer output)
{
    private readonly ref readonly CompiledRule _rule = ref rule;

    public long EventTimeMs { get; } = eventTimeMs;

    public void Emit(TransitionKind kind, in RuleState state, Tier previous, ResolveReason reason)
    {
        var isWaiting = kind is TransitionKind.Pending or TransitionKind.Cancelled;
        if (isWaiting && !output.KeepsPending)
        {
            return;
        }

        output.Add(new RuleTransition
        {
            Rule = _rule.Rule,
            Kind = kind,
            Tier = state.Tier,
            PreviousTier = previous,
            EventTimeMs = EventTimeMs,
            StartTimeMs = state.StartMs,
            Sequence = isWaiting ? 0 : state.Sequence,
            Reason = reason,
            Values = isWaiting ? [] : Values(),
        });
    }

    private KeyValuePair<ushort, double>[] Values()
    {
        var values = new KeyValuePair<ushort, double>[_rule.Slots.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var slot = _rule.Slots[i];
            values[i] = new(layout.MetricOf(slot), slots[slot].Value);
        }

        return values;
    }
}
