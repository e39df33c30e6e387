using Fengsui.Rules.Model;

namespace Fengsui.Rules.Compilation;

/// <summary>One tier of a rule, compiled. Without a clear condition of its own it clears when its condition is false.</summary>
internal readonly struct CompiledLevel(RuleLevel level, CompiledCondition condition, CompiledCondition? clear)
{
    public readonly CompiledCondition Condition = condition;
    public readonly long HoldMs = level.HoldMs;
    public readonly Tier Tier = level.Tier;
    public readonly bool IsLatched = level.IsLatched;
    public readonly bool HasClear = clear.HasValue;
    public readonly CompiledCondition Clear = clear.GetValueOrDefault();

    public long ForMs { get; init; } = level.ForMs;

    public long MaxGapMs { get; init; } = level.MaxGapMs;
}
