using Fengsui.Rules.Compilation;

namespace Fengsui.Rules.Evaluation.Cells;

/// <summary>A cell within a program: where its memory lies and how its arguments are computed.</summary>
internal sealed class CompiledCell
{
    public required Cell Cell { get; init; }

    /// <summary>Where its words begin in <see cref="DeviceState.Memory"/>.</summary>
    public required int Offset { get; init; }

    public required int Words { get; init; }

    public required Instruction[][] Arguments { get; init; }

    /// <summary>Slots whose rows feed it; those of nested cells included.</summary>
    public required int[] Slots { get; init; }

    /// <summary>Its arguments change with time or zone and need no sampled metric, so every tick feeds it.</summary>
    public required bool IsFedByTicks { get; init; }

    /// <summary>What it says is unknown when it was fed longer ago: silence must neither raise nor end anything by emptying a window.</summary>
    public required long MaxAgeMs { get; init; }

    /// <summary>Names its memory in a snapshot and through a change of rules.</summary>
    public required ulong Identity { get; init; }
}
