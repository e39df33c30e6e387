using System.Runtime.CompilerServices;
using Fengsui.Rules.Evaluation;

namespace Fengsui.Rules;

/// <summary>What the state of one device takes in memory.</summary>
internal static class StateSize
{
    public static int Of(int slots, int rules, int levels, int cells, int words, int zoneInputs) =>
        (slots * Unsafe.SizeOf<SlotValue>())
        + (rules * Unsafe.SizeOf<RuleState>())
        + (levels * Unsafe.SizeOf<LevelState>())
        + ((cells + words + zoneInputs) * sizeof(long));
}
