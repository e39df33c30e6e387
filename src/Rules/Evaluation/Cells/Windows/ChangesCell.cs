namespace Fengsui.Rules.Evaluation.Cells.Windows;

/// <summary>How often a value changed within a window; the first reading is no change.</summary>
internal sealed class ChangesCell(long windowMs) : Cell
{
    private const int Header = 2;

    private readonly StatisticCell _count = new(Statistic.Count, windowMs);

    /// <summary>The latest value, whether there is one; then the count of changes.</summary>
    public override int Words => Header + _count.Words;

    public override void Feed(Span<long> memory, ReadOnlySpan<double> arguments, in Moment now)
    {
        if (double.IsNaN(arguments[0]))
        {
            return;
        }

        var word = Word.Of(arguments[0]);
        var isChange = memory[1] != 0 && Word.Double(memory[0]) != arguments[0];
        (memory[0], memory[1]) = (word, 1);
        ReadOnlySpan<double> none = [double.NaN];
        _count.Feed(memory[Header..], isChange ? arguments : none, now);
    }

    public override double Read(Span<long> memory, in Moment now) => memory[1] == 0 ? double.NaN : _count.Read(memory[Header..], now);
}
