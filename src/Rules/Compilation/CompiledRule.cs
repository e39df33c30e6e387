namespace Fengsui.Rules.Compilation;

/// <summary>A rule within a program: its levels are a stretch of the program's level array.</summary>
internal readonly struct CompiledRule(Rule rule, CompiledCondition condition, int firstLevel, int[] slots, byte[] identity)
{
    /// <summary>A copy of the base level's, beside what else the quiet path reads.</summary>
    public readonly CompiledCondition Base = condition;
    public readonly Rule Rule = rule;
    public readonly int FirstLevel = firstLevel;
    public readonly int LevelCount = rule.Levels.Count;
    public readonly UnknownPolicy Unknown = rule.Unknown;

    /// <summary>The slots that it reads, in the order of <see cref="Rule.Metrics"/>.</summary>
    public readonly int[] Slots = slots;

    /// <summary>What names its state in a snapshot.</summary>
    public readonly byte[] Identity = identity;
}
