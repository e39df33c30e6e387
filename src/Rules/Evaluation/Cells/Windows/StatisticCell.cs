namespace Fengsui.Rules.Evaluation.Cells.Windows;

/// <summary>
/// Count, sum, mean or standard deviation of the readings in a window. Buckets hold count, mean and the sum of squared
/// deviations, which join without cancellation; the closed ones are joined once a bucket, so a reading costs the same
/// whatever the window. Late readings go into their bucket while it is in the window.
/// </summary>
internal sealed class StatisticCell(Statistic statistic, long windowMs) : Cell
{
    private const int WordsOfBucket = 4;
    private const int Header = 4;

    private readonly BucketRing _ring = new(windowMs, WordsOfBucket);

    /// <summary>Newest bucket plus one; count, mean and squares of the closed buckets; the ring.</summary>
    public override int Words => Header + _ring.Words;

    public override void Feed(Span<long> memory, ReadOnlySpan<double> arguments, in Moment now)
    {
        Advance(memory, _ring.NumberAt(now.EventMs));
        if (!double.IsNaN(arguments[0]))
        {
            Add(_ring.Open(memory[Header..], _ring.NumberAt(now.EventMs)), arguments[0]);
        }
    }

    public override void FeedLate(Span<long> memory, ReadOnlySpan<double> arguments, in Moment now)
    {
        var bucket = _ring.Open(memory[Header..], _ring.NumberAt(now.EventMs));
        if (!bucket.IsEmpty && !double.IsNaN(arguments[0]))
        {
            Add(bucket, arguments[0]);
            JoinClosed(memory, Word.Time(memory[0]));
        }
    }

    /// <summary>Changes nothing: a tick looks ahead, and rows of the time before may follow.</summary>
    public override double Read(Span<long> memory, in Moment now)
    {
        if (memory[0] == 0)
        {
            return statistic == Statistic.Count ? 0 : double.NaN;
        }

        var number = _ring.NumberAt(now.EventMs);
        var isAtNewest = number <= Word.Time(memory[0]);
        var total = isAtNewest
            ? new Moments(memory[1], Word.Double(memory[2]), Word.Double(memory[3])).Join(Current(memory))
            : Joined(memory, number, number + 1);
        return statistic switch
        {
            Statistic.Count => total.Count,
            _ when total.Count == 0 => double.NaN,
            Statistic.Sum => total.Mean * total.Count,
            Statistic.Mean => total.Mean,
            _ => Math.Sqrt(total.Squares / total.Count),
        };
    }

    private Moments Current(Span<long> memory)
    {
        var bucket = _ring.Find(memory[Header..], Word.Time(memory[0]));
        return bucket.IsEmpty ? default : MomentsOf(bucket);
    }

    private void Advance(Span<long> memory, long number)
    {
        if (memory[0] != Word.OfTime(number))
        {
            memory[0] = Word.OfTime(number);
            JoinClosed(memory, number);
        }
    }

    private void JoinClosed(Span<long> memory, long newest)
    {
        var total = Joined(memory, newest, newest);
        (memory[1], memory[2], memory[3]) = (total.Count, Word.Of(total.Mean), Word.Of(total.Squares));
    }

    /// <summary>All buckets of the window that ends with bucket <paramref name="newest"/>, up to but without <paramref name="end"/>.</summary>
    private Moments Joined(Span<long> memory, long newest, long end)
    {
        var total = default(Moments);
        for (var place = 0; place <= BucketRing.Buckets; place++)
        {
            var bucket = _ring.At(memory[Header..], place);
            if (BucketRing.IsInWindow(bucket, newest) && Word.Time(bucket[0]) < end)
            {
                total = total.Join(MomentsOf(bucket));
            }
        }

        return total;
    }

    private static Moments MomentsOf(ReadOnlySpan<long> bucket) =>
        new(bucket[1], Word.Double(bucket[2]), Word.Double(bucket[3]));

    private static void Add(Span<long> bucket, double value)
    {
        var joined = MomentsOf(bucket).Join(new Moments(1, value, 0));
        (bucket[1], bucket[2], bucket[3]) = (joined.Count, Word.Of(joined.Mean), Word.Of(joined.Squares));
    }
}
