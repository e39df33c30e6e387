using Fengsui.Rules.Binding;
using Fengsui.Rules.Model;

namespace Fengsui.Rules;

/// <summary>One tier of a rule with its own condition. Times are milliseconds of event time, none negative.</summary>
public sealed class RuleLevel
{
    internal RuleLevel(TruthNode condition, TruthNode? clear)
    {
        Condition = condition;
        Clear = clear;
    }

    public required Tier Tier { get; init; }

    /// <summary>As written in the file.</summary>
    public required string Expression { get; init; }

    /// <summary>As written; null when the level ends as soon as its expression is false.</summary>
    public string? ClearExpression { get; init; }

    public required long ForMs { get; init; }

    public required long MaxGapMs { get; init; }

    /// <summary>How long the level stays in force after it was cleared: keep_firing_for (base) or step_down_after.</summary>
    public required long HoldMs { get; init; }

    /// <summary>Once in force it stays until an operator resets the rule.</summary>
    public bool IsLatched { get; init; }

    internal TruthNode Condition { get; }

    internal TruthNode? Clear { get; }

    internal IEnumerable<BoundNode> Nodes => Clear is null ? [Condition] : [Condition, Clear];
}
