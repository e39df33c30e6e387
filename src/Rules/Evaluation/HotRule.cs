using Fengsui.Rules.Compilation;

namespace Fengsui.Rules.Evaluation;

/// <summary>
/// What most rules are, in one cache line: one tier, one metric against a constant. <see cref="RuleRunner"/> takes the
/// everyday steps of such a rule by itself — nothing, begin to wait, go on waiting, give up waiting — and leaves the
/// others, which make alerts, to the level machine. Both do the same: a property test compares them.
/// </summary>
internal readonly struct HotRule
{
    public readonly double Low;
    public readonly double High;
    public readonly long MaxAgeMs;
    public readonly long ForMs;
    public readonly long MaxGapMs;
    public readonly int Slot;
    public readonly int Level;
    public readonly bool Negated;
    public readonly bool IsHot;

    public HotRule(in CompiledRule rule, in CompiledLevel level)
    {
        if (rule.LevelCount == 1 && !rule.IsTimed && rule.Rest is null && rule.Base.TryGetRange(out var range))
        {
            (IsHot, Level, ForMs, MaxGapMs) = (true, rule.FirstLevel, level.ForMs, level.MaxGapMs);
            (Slot, Low, High, Negated, MaxAgeMs) = (range.Slot, range.Low, range.High, range.Negated, range.MaxAgeMs);
        }
    }
}
