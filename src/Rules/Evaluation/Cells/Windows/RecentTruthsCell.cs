using System.Numerics;

namespace Fengsui.Rules.Evaluation.Cells.Windows;

/// <summary>At least <paramref name="wanted"/> of the last <paramref name="of"/> readings, of those whose truth is known. False until that is so.</summary>
internal sealed class RecentTruthsCell(int wanted, int of) : Cell
{
    /// <summary>Bound on readings that are looked back on: one word of bits.</summary>
    public const int MaxReadings = 63;

    /// <summary>Truths as bits, the latest lowest.</summary>
    public override int Words => 1;

    public override void Feed(Span<long> memory, ReadOnlySpan<double> arguments, in Moment now)
    {
        if (!double.IsNaN(arguments[0]))
        {
            memory[0] = ((memory[0] << 1) | (arguments[0] == 0 ? 0L : 1L)) & ((1L << of) - 1);
        }
    }

    public override double Read(Span<long> memory, in Moment now) => BitOperations.PopCount((ulong)memory[0]) >= wanted ? 1 : 0;

    /// <summary>Counts readings, not time.</summary>
    public override void RestartClock(Span<long> memory)
    {
    }
}
