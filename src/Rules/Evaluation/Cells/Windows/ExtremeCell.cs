namespace Fengsui.Rules.Evaluation.Cells.Windows;

/// <summary>
/// Largest or smallest reading of a window: a queue of buckets in which each is larger than those after it, so the
/// front is the answer and every reading is put in and taken out once. Late readings are put where they belong.
/// </summary>
internal sealed class ExtremeCell(bool isMaximum, long windowMs) : Cell
{
    private const int Header = 3;

    private readonly BucketRing _clock = new(windowMs, 1);

    /// <summary>Entries; place of the front; newest bucket plus one; then pairs of bucket number and value.</summary>
    public override int Words => Header + (2 * Capacity);

    private static int Capacity => BucketRing.Buckets + 2;

    public override void Feed(Span<long> memory, ReadOnlySpan<double> arguments, in Moment now)
    {
        var number = _clock.NumberAt(now.EventMs);
        memory[2] = Word.OfTime(number);
        Forget(memory, number);
        if (!double.IsNaN(arguments[0]))
        {
            Push(memory, number, Signed(arguments[0]));
        }
    }

    public override void FeedLate(Span<long> memory, ReadOnlySpan<double> arguments, in Moment now)
    {
        var (number, value) = (_clock.NumberAt(now.EventMs), Signed(arguments[0]));
        if (double.IsNaN(value) || unchecked(Word.Time(memory[2]) - number) > BucketRing.Buckets)
        {
            return;
        }

        // Take off what is newer, put it back on top: newer and larger hides it, older and smaller is hidden by it.
        Span<long> newer = stackalloc long[2 * Capacity];
        var count = 0;
        while (memory[0] > 0 && NumberOf(memory, (int)memory[0] - 1) > number)
        {
            var last = (int)memory[0] - 1;
            (newer[2 * count], newer[(2 * count) + 1]) = (NumberOf(memory, last), Word.Of(ValueOf(memory, last)));
            count++;
            memory[0]--;
        }

        Push(memory, number, value);
        while (count-- > 0)
        {
            Push(memory, newer[2 * count], Word.Double(newer[(2 * count) + 1]));
        }
    }

    /// <summary>Changes nothing: a tick looks ahead, and rows of the time before may follow.</summary>
    public override double Read(Span<long> memory, in Moment now)
    {
        var newest = _clock.NumberAt(now.EventMs);
        for (var index = 0; index < memory[0]; index++)
        {
            if (unchecked(newest - NumberOf(memory, index)) <= BucketRing.Buckets)
            {
                return Signed(ValueOf(memory, index));
            }
        }

        return double.NaN;
    }

    private double Signed(double value) => isMaximum ? value : -value;

    private static void Forget(Span<long> memory, long newest)
    {
        while (memory[0] > 0 && unchecked(newest - NumberOf(memory, 0)) > BucketRing.Buckets)
        {
            memory[1] = (memory[1] + 1) % Capacity;
            memory[0]--;
        }
    }

    private static void Push(Span<long> memory, long number, double value)
    {
        while (memory[0] > 0 && ValueOf(memory, (int)memory[0] - 1) <= value)
        {
            memory[0]--;
        }

        if (memory[0] > 0 && NumberOf(memory, (int)memory[0] - 1) == number)
        {
            return;
        }

        var place = PlaceOf(memory, (int)memory[0]++);
        (memory[place], memory[place + 1]) = (number, Word.Of(value));
    }

    private static int PlaceOf(ReadOnlySpan<long> memory, int index) => Header + (2 * (int)((memory[1] + index) % Capacity));

    private static long NumberOf(ReadOnlySpan<long> memory, int index) => memory[PlaceOf(memory, index)];

    private static double ValueOf(ReadOnlySpan<long> memory, int index) => Word.Double(memory[PlaceOf(memory, index) + 1]);
}
