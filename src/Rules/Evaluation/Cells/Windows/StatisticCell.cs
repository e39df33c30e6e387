namespace Fengsui.Rules.Evaluation.Cells.Windows;

/// <summary>
/// Count, sum, mean or standard deviation of the readings in a window. Buckets hold count and plain sum, so that the sum of whole numbers is
/// whole; for the deviation count, mean and the sum of squared deviations, which join without cancellation. The closed ones are joined at most twice a bucket, so a reading costs the same
/// whatever the window. Late readings go into their bucket while it is in the window.
/// </summary>
internal sealed class StatisticCell(Statistic statistic, long windowMs) : Cell
{
    private const int WordsOfBucket = 4;
    private const int Header = ClosedSpan.Words + 3;

    private readonly BucketRing _ring = new(windowMs, WordsOfBucket);

    /// <summary>The span; count, mean or sum, and squares of the closed buckets; the ring.</summary>
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
            return statistic == Statistic.Count ? 0 : double.NaN;
        }

        var total = ClosedSpan.Covers(memory, _ring, now.EventMs)
            ? Join(new Moments(memory[2], Word.Double(memory[3]), Word.Double(memory[4])), Current(memory))
            : Joined(memory, now.EventMs, long.MaxValue, out _);
        return statistic switch
        {
            Statistic.Count => total.Count,
            _ when total.Count == 0 => double.NaN,
            Statistic.Sum => total.Mean,
            Statistic.Mean => total.Mean / total.Count,
            _ => Math.Sqrt(total.Squares / total.Count),
        };
    }

    private Moments Current(Span<long> memory)
    {
        var bucket = _ring.Find(memory[Header..], _ring.NumberAt(ClosedSpan.NewestMs(memory)));
        return bucket.IsEmpty ? default : MomentsOf(bucket);
    }

    private void JoinClosed(Span<long> memory, long ms)
    {
        var total = Joined(memory, ms, _ring.NumberAt(ms), out var oldestMs);
        ClosedSpan.Joined(memory, _ring, ms, oldestMs);
        (memory[2], memory[3], memory[4]) = (total.Count, Word.Of(total.Mean), Word.Of(total.Squares));
    }

    /// <summary>All buckets of the window that ends at <paramref name="ms"/>, up to but without number <paramref name="end"/>.</summary>
    private Moments Joined(Span<long> memory, long ms, long end, out long oldestMs)
    {
        var total = default(Moments);
        oldestMs = long.MaxValue;
        for (var place = 0; place <= BucketRing.Buckets; place++)
        {
            var bucket = _ring.At(memory[Header..], place);
            if (_ring.IsInWindow(bucket, ms) && (end == long.MaxValue || _ring.NumberAt(Word.Time(bucket[0])) < end))
            {
                total = Join(total, MomentsOf(bucket));
                oldestMs = Math.Min(oldestMs, Word.Time(bucket[0]));
            }
        }

        return total;
    }

    /// <summary>Of a deviation as moments; otherwise the middle one is the sum.</summary>
    private Moments Join(in Moments a, in Moments b) =>
        statistic == Statistic.StandardDeviation ? a.Join(b) : new Moments(a.Count + b.Count, a.Mean + b.Mean, 0);

    private static Moments MomentsOf(ReadOnlySpan<long> bucket) =>
        new(bucket[1], Word.Double(bucket[2]), Word.Double(bucket[3]));

    private void Add(Span<long> bucket, double value)
    {
        var joined = Join(MomentsOf(bucket), new Moments(1, value, 0));
        (bucket[1], bucket[2], bucket[3]) = (joined.Count, Word.Of(joined.Mean), Word.Of(joined.Squares));
    }
}
