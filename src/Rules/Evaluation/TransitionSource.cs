using Fengsui.Rules.Compilation;
using Fengsui.Rules.Model;

namespace Fengsui.Rules.Evaluation;

/// <summary>What every transition caused by one row or tick and one rule has in common.</summary>
internal readonly ref struct TransitionSource(in CompiledRule rule, Scope scope, long eventTimeMs, TransitionBuffer output)
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
            Values = isWaiting ? [] : ValuesOf(_rule, scope),
        });
    }

    /// <summary>A metric is reported however old it is, and at a tick too: it is what was last known.</summary>
    public static double[] ValuesOf(in CompiledRule rule, Scope scope)
    {
        var values = new double[rule.Inputs.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var input = rule.Inputs[i];
            values[i] = input.Kind switch
            {
                InputKind.Metric => scope.Latest(input.Index),
                InputKind.Cell => scope.ReadCell(input.Index),
                _ => scope.ReadZone(input.Index),
            };
        }

        return values;
    }
}
