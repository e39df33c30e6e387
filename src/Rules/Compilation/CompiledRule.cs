using Fengsui.Rules.Library.Maintenance;

namespace Fengsui.Rules.Compilation;

/// <summary>A rule within a program: its levels are a stretch of the program's level array.</summary>
internal readonly struct CompiledRule(Rule rule, CompiledCondition condition, int firstLevel)
{
    /// <summary>A copy of the base level's, beside what else the quiet path reads.</summary>
    public readonly CompiledCondition Base = condition;
    public readonly Rule Rule = rule;
    public readonly int FirstLevel = firstLevel;
    public readonly int LevelCount = rule.Levels.Count;
    public readonly UnknownPolicy Unknown = rule.Unknown;

    /// <summary>Runs at ticks too, because time or the zone may change its outcome without a row.</summary>
    public required bool IsTimed { get; init; }

    /// <summary>When it rests; null for never.</summary>
    public RestTimes? Rest { get; init; }

    /// <summary>Slots whose rows run it: what it reads itself and through functions with memory.</summary>
    public required int[] Slots { get; init; }

    /// <summary>What its transitions report, in the order of <see cref="Rule.Inputs"/>.</summary>
    public required CompiledInput[] Inputs { get; init; }

    /// <summary>What names its state in a snapshot and through a change of rules: id, conditions, set-points of the device.</summary>
    public required byte[] Identity { get; init; }
}
