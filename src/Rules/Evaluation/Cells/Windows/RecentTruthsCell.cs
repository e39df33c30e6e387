using System.Numerics;

namespace Fengsui.Rules.Evaluation.Cells.Windows;

/// <summary>
/// At least <paramref name="wanted"/> of the last <paramref name="of"/> readings, of those whose truth is known. While there were fewer,
/// those that are missing may have been either: true as soon as enough are, false when enough cannot be, else unknown.
/// </summary>
internal sealed class RecentTruthsCell(int wanted, int of) : Cell
{
    /// <summary>Bound on readings that are looked back on: one word of bits, less one for where they begin.</summary>
    public const int MaxReadings = 63;

    private readonly ulong _full = 1UL << of;

    /// <summary>Truths as bits, the latest lowest, below a bit that is always set: it says how many there are.</summary>
    public override int Words => 1;

    public override void Feed(Span<long> memory, ReadOnlySpan<double> arguments, in Moment now)
    {
        if (double.IsNaN(arguments[0]))
        {
            return;
        }

        var truths = memory[0] == 0 ? 1 : (ulong)memory[0];
        var isFull = truths >= _full;
        truths = (truths << 1) | (arguments[0] == 0 ? 0UL : 1UL);
        memory[0] = (long)(isFull ? (truths & (_full - 1)) | _full : truths);
    }

    public override double Read(Span<long> memory, in Moment now)
    {
        if (memory[0] == 0)
        {
            return double.NaN;
        }

        var truths = (ulong)memory[0];
        var known = BitOperations.Log2(truths);
        var isTrue = BitOperations.PopCount(truths) - 1;
        return isTrue >= wanted ? 1 : isTrue + of - known < wanted ? 0 : double.NaN;
    }

    /// <summary>Counts readings, not time.</summary>
    public override bool RestartClock(Span<long> memory, long lastMs, long nowMs) => true;
}
