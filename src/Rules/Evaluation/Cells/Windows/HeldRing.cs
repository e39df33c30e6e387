namespace Fengsui.Rules.Evaluation.Cells.Windows;

/// <summary>
/// Area and time under a value that holds from one reading to the next, but no longer than <paramref name="holdMs"/>: a gap
/// is neither the old value nor zero, it is time that nobody knows of. Words: newest bucket plus one; area and time of the closed
/// buckets; value and time plus one of the latest reading; up to when plus one
/// it has been put into the buckets; what is added to bucket numbers since the clock was set back; time plus one and
/// value of the latest late reading; the ring of number, area, time.
/// </summary>
/// <param name="bucketMs">Length of one bucket.</param>
/// <param name="buckets">Whole buckets of the window.</param>
/// <param name="holdMs">How long one reading holds at most.</param>
internal readonly struct HeldRing(long bucketMs, int buckets, long holdMs)
{
    private const int Header = 9;
    private const int WordsOfBucket = 3;

    public int Words => Header + ((buckets + 1) * WordsOfBucket);

    /// <summary>The latest reading; NaN when it was unknown, or there was none.</summary>
    public static double Latest(ReadOnlySpan<long> memory) => memory[4] == 0 ? double.NaN : Word.Double(memory[3]);

    public void Feed(Span<long> memory, double value, long time)
    {
        if (memory[4] != 0)
        {
            Spread(memory, time);
        }
        else if (memory[0] != 0)
        {
            // Only after the clock was restarted can a reading come before the newest bucket: the window goes on from there.
            memory[6] += Math.Max(0, Word.Time(memory[0]) - NumberAt(memory, time));
        }

        Advance(memory, NumberAt(memory, time));
        (memory[3], memory[4], memory[5]) = (Word.Of(value), Word.OfTime(time), Word.OfTime(time));
    }

    /// <summary>
    /// A reading of a backlog: it holds until the next one of it, and fills time of its bucket that nobody knew of yet.
    /// </summary>
    public void FeedLate(Span<long> memory, double value, long time)
    {
        var (from, held) = (Word.Time(memory[7]), Word.Double(memory[8]));
        var hasHeld = memory[7] != 0 && !double.IsNaN(held) && time > from;
        (memory[7], memory[8]) = (Word.OfTime(time), Word.Of(value));
        var number = NumberAt(memory, from);
        var age = unchecked(Word.Time(memory[0]) - number);
        if (!hasHeld || memory[0] == 0 || memory[4] == 0 || age < 0 || age > buckets)
        {
            return;
        }

        var bucket = Bucket(memory, number);
        if (bucket[0] != Word.OfTime(number))
        {
            bucket.Clear();
            bucket[0] = Word.OfTime(number);
        }

        // Of the bucket that is being filled, only what has passed: the rest will be heard in order.
        var start = Word.Bucket(from, bucketMs) * bucketMs;
        var passed = Math.Min(bucketMs, Math.Max(0, Word.Time(memory[4]) - start));
        var unheard = Math.Max(0, passed - Word.Double(bucket[2]));
        var filled = Math.Min(unheard, Math.Min(time - from, holdMs));
        bucket[1] = Word.Of(Word.Double(bucket[1]) + (held * filled));
        bucket[2] = Word.Of(Word.Double(bucket[2]) + filled);
        var (area, known) = Sum(memory, Word.Time(memory[0]));
        (memory[1], memory[2]) = (Word.Of(area), Word.Of(known));
    }

    /// <summary>
    /// Area in value × ms and time in ms of the window that ends at <paramref name="time"/>. Changes nothing: a tick looks ahead, and
    /// rows of the time before may follow.
    /// </summary>
    /// <param name="isProRata">Of the oldest bucket count only the part that is still in the window, rather than all of it.</param>
    public (double Area, double TimeMs) Total(Span<long> memory, long time, bool isProRata = false)
    {
        if (memory[0] == 0)
        {
            return default;
        }

        var number = Math.Max(NumberAt(memory, time), Word.Time(memory[0]));
        var (area, known) = number == Word.Time(memory[0]) ? Closed(memory) : Sum(memory, number);
        var current = Bucket(memory, number);
        if (current[0] == Word.OfTime(number))
        {
            (area, known) = (area + Word.Double(current[1]), known + Word.Double(current[2]));
        }

        var oldest = Bucket(memory, number - buckets);
        if (isProRata && oldest[0] == Word.OfTime(number - buckets))
        {
            var gone = (double)(time - (Word.Bucket(time, bucketMs) * bucketMs)) / bucketMs;
            (area, known) = (area - (gone * Word.Double(oldest[1])), known - (gone * Word.Double(oldest[2])));
        }

        var held = memory[4] == 0 || double.IsNaN(Latest(memory)) ? 0 : HeldMs(memory, time, isProRata);
        return held == 0 ? (area, known) : (area + (Latest(memory) * held), known + held);
    }

    /// <summary>Time for which the latest reading has held and that is in no bucket yet, within the window.</summary>
    private long HeldMs(ReadOnlySpan<long> memory, long time, bool isProRata)
    {
        var until = Math.Min(time, Saturated(Word.Time(memory[4]), holdMs));
        var from = Math.Max(Word.Time(memory[5]), isProRata ? time - (buckets * bucketMs) : (Word.Bucket(time, bucketMs) - buckets) * bucketMs);
        return Math.Max(0, until - from);
    }

    private static (double Area, double TimeMs) Closed(ReadOnlySpan<long> memory) => (Word.Double(memory[1]), Word.Double(memory[2]));

    private void Spread(Span<long> memory, long time)
    {
        var value = Word.Double(memory[3]);
        var from = Word.Time(memory[5]);
        var until = Math.Min(time, Saturated(Word.Time(memory[4]), holdMs));
        if (double.IsNaN(value) || until <= from)
        {
            return;
        }

        memory[5] = Word.OfTime(until);

        // What lies before the window by then need not be put anywhere.
        from = Math.Max(from, unchecked(until - ((buckets + 1) * bucketMs)));
        while (from < until)
        {
            var number = NumberAt(memory, from);
            Advance(memory, number);
            var end = Math.Min(until, (Word.Bucket(from, bucketMs) + 1) * bucketMs);
            var bucket = Bucket(memory, number);
            if (bucket[0] != Word.OfTime(number))
            {
                bucket.Clear();
                bucket[0] = Word.OfTime(number);
            }

            bucket[1] = Word.Of(Word.Double(bucket[1]) + (value * (end - from)));
            bucket[2] = Word.Of(Word.Double(bucket[2]) + (end - from));
            from = end;
        }
    }

    /// <summary>The clock is restarted: what is in the buckets stays, the latest reading ends where it was.</summary>
    public static void EndLatest(Span<long> memory) => (memory[4], memory[5], memory[7]) = (0, 0, 0);

    private long NumberAt(ReadOnlySpan<long> memory, long time) => Word.Bucket(time, bucketMs) + memory[6];

    private void Advance(Span<long> memory, long number)
    {
        if (memory[0] != 0 && memory[0] >= Word.OfTime(number))
        {
            return;
        }

        memory[0] = Word.OfTime(number);
        var (area, time) = Sum(memory, number);
        (memory[1], memory[2]) = (Word.Of(area), Word.Of(time));
    }

    /// <summary>The closed buckets of the window that ends with bucket <paramref name="number"/>.</summary>
    private (double Area, double TimeMs) Sum(Span<long> memory, long number)
    {
        var (area, time) = (0.0, 0.0);
        for (var place = 0; place <= buckets; place++)
        {
            var bucket = memory.Slice(Header + (place * WordsOfBucket), WordsOfBucket);
            var age = unchecked(number - Word.Time(bucket[0]));
            if (bucket[0] != 0 && age > 0 && age <= buckets)
            {
                area += Word.Double(bucket[1]);
                time += Word.Double(bucket[2]);
            }
        }

        return (area, time);
    }

    private Span<long> Bucket(Span<long> memory, long number)
    {
        var place = (int)(((number % (buckets + 1)) + buckets + 1) % (buckets + 1));
        return memory.Slice(Header + (place * WordsOfBucket), WordsOfBucket);
    }

    private static long Saturated(long time, long add) => time > long.MaxValue - add ? long.MaxValue : time + add;
}
