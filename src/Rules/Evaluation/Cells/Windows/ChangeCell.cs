namespace Fengsui.Rules.Evaluation.Cells.Windows;

/// <summary>The oldest reading of each bucket, and the newest of all: first, last, difference and rate over a window.</summary>
internal sealed class ChangeCell(ChangeKind kind, long windowMs) : Cell
{
    private const int WordsOfBucket = 3;
    private const int Header = 3;

    private readonly BucketRing _ring = new(windowMs, WordsOfBucket);

    /// <summary>Newest value, its time plus one, number plus one of the oldest bucket in use; the ring of newest time, value and time of the first reading.</summary>
    public override int Words => Header + _ring.Words;

    public override void Feed(Span<long> memory, ReadOnlySpan<double> arguments, in Moment now)
    {
        if (double.IsNaN(arguments[0]))
        {
            return;
        }

        var bucket = _ring.Open(memory[Header..], now.EventMs);
        if (bucket[2] == 0)
        {
            (bucket[1], bucket[2]) = (Word.Of(arguments[0]), Word.OfTime(now.EventMs));
        }

        (memory[0], memory[1]) = (Word.Of(arguments[0]), Word.OfTime(now.EventMs));
        memory[2] = Word.OfTime(memory[2] == 0 ? _ring.NumberAt(now.EventMs) : OldestFrom(memory, now.EventMs));
    }

    public override double Read(Span<long> memory, in Moment now)
    {
        if (memory[1] == 0 || !_ring.IsInWindow(Word.Time(memory[1]), now.EventMs))
        {
            return double.NaN;
        }

        var last = Word.Double(memory[0]);
        if (kind == ChangeKind.Last)
        {
            return last;
        }

        var oldest = _ring.Find(memory[Header..], OldestFrom(memory, now.EventMs));
        var first = Word.Double(oldest[1]);
        var seconds = (Word.Time(memory[1]) - Word.Time(oldest[2])) / 1000.0;
        return kind switch
        {
            ChangeKind.First => first,
            ChangeKind.Delta => last - first,
            _ => seconds > 0 ? (last - first) / seconds : double.NaN,
        };
    }

    /// <summary>Number of the oldest bucket in use of the window. Feeding moves on from where it was, so that over time each bucket is passed once.</summary>
    private long OldestFrom(Span<long> memory, long ms)
    {
        var until = _ring.NumberAt(Word.Time(memory[1]));
        var number = Math.Max(Word.Time(memory[2]), until - BucketRing.Buckets);
        while (number < until && (_ring.Find(memory[Header..], number) is not { IsEmpty: false } bucket || !_ring.IsInWindow(bucket, ms)))
        {
            number++;
        }

        return Math.Min(number, until);
    }
}
