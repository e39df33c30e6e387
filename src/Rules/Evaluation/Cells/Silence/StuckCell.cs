namespace Fengsui.Rules.Evaluation.Cells.Silence;

/// <summary>
/// A flat line: readings keep coming and stay within a tolerance of the one it began with. A pause of more than half the
/// time begins anew, so that silence is never taken for a flat line.
/// </summary>
internal sealed class StuckCell(long limitMs, double tolerance) : Cell
{
    /// <summary>Time plus one at which the line began; its value; time of the latest reading.</summary>
    public override int Words => 3;

    public override void Feed(Span<long> memory, ReadOnlySpan<double> arguments, in Moment now)
    {
        if (double.IsNaN(arguments[0]))
        {
            return;
        }

        var isPause = unchecked(now.EventMs - memory[2]) > limitMs / 2;
        if (memory[0] == 0 || isPause || Math.Abs(arguments[0] - Word.Double(memory[1])) > tolerance)
        {
            (memory[0], memory[1]) = (Word.OfTime(now.EventMs), Word.Of(arguments[0]));
        }

        memory[2] = now.EventMs;
    }

    public override double Read(Span<long> memory, in Moment now) =>
        memory[0] == 0 ? double.NaN : memory[2] - Word.Time(memory[0]) >= limitMs ? 1 : 0;

    /// <summary>The line goes on as long as it was.</summary>
    public override bool RestartClock(Span<long> memory, long lastMs, long nowMs)
    {
        if (memory[0] != 0)
        {
            (memory[0], memory[2]) = (Moved(memory[0], lastMs, nowMs), Word.Time(Moved(Word.OfTime(memory[2]), lastMs, nowMs)));
        }

        return true;
    }
}
