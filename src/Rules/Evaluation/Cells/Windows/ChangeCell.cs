namespace Fengsui.Rules.Evaluation.Cells.Windows;

/// <summary>The oldest reading of each bucket, and the newest of all: first, last, difference and rate over a window.</summary>
internal sealed class ChangeCell(ChangeKind kind, long windowMs) : Cell
{
    private const int WordsOfBucket = 3;
    private const int Header = 3;

    private readonly BucketRing _ring = new(windowMs, WordsOfBucket);

    /// <summary>Newest value, its time plus one, oldest bucket in use plus one; the ring of number, value, time of the first reading.</summary>
    public override int Words => Header + _ring.Words;

    public override void Feed(Span<long> memory, ReadOnlySpan<double> arguments, in Moment now)
    {
        if (double.IsNaN(arguments[0]))
        {
            return;
        }

        var number = _ring.NumberAt(now.EventMs);
        var bucket = _ring.Open(memory[Header..], number);
        if (bucket[2] == 0)
        {
            (bucket[1], bucket[2]) = (Word.Of(arguments[0]), Word.OfTime(now.EventMs));
        }

        (memory[0], memory[1]) = (Word.Of(arguments[0]), Word.OfTime(now.EventMs));
        memory[2] = memory[2] == 0 ? Word.OfTime(number) : Word.OfTime(OldestFrom(memory, number));
    }

    public override double Read(Span<long> memory, in Moment now)
    {
        var newest = _ring.NumberAt(now.EventMs);
        if (memory[1] == 0 || unchecked(newest - _ring.NumberAt(Word.Time(memory[1]))) > BucketRing.Buckets)
        {
            return double.NaN;
        }

        var last = Word.Double(memory[0]);
        if (kind == ChangeKind.Last)
        {
            return last;
        }

        var oldest = _ring.Find(memory[Header..], OldestFrom(memory, newest));
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
    private long OldestFrom(Span<long> memory, long newest)
    {
        var until = _ring.NumberAt(Word.Time(memory[1]));
        var number = Math.Max(Word.Time(memory[2]), newest - BucketRing.Buckets);
        while (number < until && _ring.Find(memory[Header..], number).IsEmpty)
        {
            number++;
        }

        return Math.Min(number, until);
    }
}
