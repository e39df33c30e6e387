namespace Fengsui.Rules.Evaluation.Cells.Windows;

/// <summary>
/// Largest or smallest reading of a window: the extreme of each bucket, and of the closed ones together, which are looked through at
/// most twice a bucket. Late readings go into their bucket.
/// </summary>
internal sealed class ExtremeCell(bool isMaximum, long windowMs) : Cell
{
    private const int WordsOfBucket = 3;
    private const int Header = ClosedSpan.Words + 1;

    private readonly BucketRing _ring = new(windowMs, WordsOfBucket);

    /// <summary>The span; extreme of the closed buckets, NaN for none; the ring of time, value, whether there is one.</summary>
    public override int Words => Header + _ring.Words;

    public override void Feed(Span<long> memory, ReadOnlySpan<double> arguments, in Moment now)
    {
        if (ClosedSpan.Covers(memory, _ring, now.EventMs))
        {
            ClosedSpan.Advance(memory, now.EventMs);
        }
        else
        {
            JoinClosed(memory, now.EventMs);
        }

        if (!double.IsNaN(arguments[0]))
        {
            Add(_ring.Open(memory[Header..], now.EventMs), arguments[0]);
        }
    }

    public override void FeedLate(Span<long> memory, ReadOnlySpan<double> arguments, in Moment now)
    {
        if (!double.IsNaN(arguments[0]) && _ring.Open(memory[Header..], now.EventMs) is { IsEmpty: false } bucket)
        {
            Add(bucket, arguments[0]);
            JoinClosed(memory, ClosedSpan.NewestMs(memory));
        }
    }

    /// <summary>Changes nothing: a tick looks ahead, and rows of the time before may follow.</summary>
    public override double Read(Span<long> memory, in Moment now)
    {
        if (ClosedSpan.IsNew(memory))
        {
            return double.NaN;
        }

        if (!ClosedSpan.Covers(memory, _ring, now.EventMs))
        {
            return Joined(memory, now.EventMs, long.MaxValue, out _);
        }

        var bucket = _ring.Find(memory[Header..], _ring.NumberAt(ClosedSpan.NewestMs(memory)));
        var closed = Word.Double(memory[2]);
        return bucket.IsEmpty ? closed : Further(closed, Word.Double(bucket[1]));
    }

    private void JoinClosed(Span<long> memory, long ms)
    {
        var extreme = Joined(memory, ms, _ring.NumberAt(ms), out var oldestMs);
        ClosedSpan.Joined(memory, _ring, ms, oldestMs);
        memory[2] = Word.Of(extreme);
    }

    private double Joined(Span<long> memory, long ms, long end, out long oldestMs)
    {
        var extreme = double.NaN;
        oldestMs = long.MaxValue;
        for (var place = 0; place <= BucketRing.Buckets; place++)
        {
            var bucket = _ring.At(memory[Header..], place);
            if (_ring.IsInWindow(bucket, ms) && (end == long.MaxValue || _ring.NumberAt(Word.Time(bucket[0])) < end))
            {
                extreme = Further(extreme, Word.Double(bucket[1]));
                oldestMs = Math.Min(oldestMs, Word.Time(bucket[0]));
            }
        }

        return extreme;
    }

    private void Add(Span<long> bucket, double value) =>
        (bucket[1], bucket[2]) = (bucket[2] == 0 ? Word.Of(value) : Word.Of(Further(Word.Double(bucket[1]), value)), 1);

    /// <summary>NaN is none.</summary>
    private double Further(double a, double b) => double.IsNaN(a) ? b : double.IsNaN(b) ? a : isMaximum ? Math.Max(a, b) : Math.Min(a, b);
}
