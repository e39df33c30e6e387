namespace Fengsui.Rules.Evaluation.Cells.Silence;

/// <summary>The latest known value, however old.</summary>
internal sealed class LatestCell : Cell
{
    public override int Words => 2;

    public override bool Lasts => true;

    public override void Feed(Span<long> memory, ReadOnlySpan<double> arguments, in Moment now)
    {
        if (!double.IsNaN(arguments[0]))
        {
            (memory[0], memory[1]) = (Word.Of(arguments[0]), 1);
        }
    }

    public override double Read(Span<long> memory, in Moment now) => memory[1] == 0 ? double.NaN : Word.Double(memory[0]);

    public override bool RestartClock(Span<long> memory, long lastMs, long nowMs) => true;
}
