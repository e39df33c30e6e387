namespace Fengsui.Rules.Evaluation.Cells.Windows;

/// <summary>
/// A sliding window as a ring of buckets over event time, each a <see cref="Buckets"/>th of it. A bucket is in the window
/// (now − length, now] while its newest reading is, and then with all its readings: no reading of the window is missed, one that is
/// as old as the window is out, and at most a sixtieth more than the window is seen. Word 0 of each bucket is the time plus
/// one of its newest reading, zero while it was never used; the rest is the owner's.
/// </summary>
/// <param name="windowMs">Length of the window.</param>
/// <param name="wordsOfBucket">Words of one bucket, the time included.</param>
internal readonly struct BucketRing(long windowMs, int wordsOfBucket)
{
    /// <summary>Whole buckets in a window; its resolution at the old edge is one of them.</summary>
    public const int Buckets = 60;

    public readonly long BucketMs = Math.Max(1, (windowMs + Buckets - 1) / Buckets);

    public readonly long WindowMs = windowMs;

    public int Words => (Buckets + 1) * wordsOfBucket;

    public long NumberAt(long ms) => Word.Bucket(ms, BucketMs);

    /// <summary>
    /// The bucket of a reading, which is now in it; cleared first when the place held an older one. Empty when the place holds a newer
    /// one: too late.
    /// </summary>
    public Span<long> Open(Span<long> ring, long ms)
    {
        var number = NumberAt(ms);
        var bucket = At(ring, Place(number));
        var held = bucket[0] == 0 ? number : NumberAt(Word.Time(bucket[0]));
        if (held > number)
        {
            return [];
        }

        if (held < number)
        {
            bucket.Clear();
        }

        bucket[0] = bucket[0] == 0 ? Word.OfTime(ms) : Math.Max(bucket[0], Word.OfTime(ms));
        return bucket;
    }

    /// <summary>The bucket with this number; empty when there is none.</summary>
    public Span<long> Find(Span<long> ring, long number)
    {
        var bucket = At(ring, Place(number));
        return bucket[0] != 0 && NumberAt(Word.Time(bucket[0])) == number ? bucket : [];
    }

    public Span<long> At(Span<long> ring, int place) => ring.Slice(place * wordsOfBucket, wordsOfBucket);

    /// <summary>Whether a bucket is within the window that ends at <paramref name="ms"/>.</summary>
    public bool IsInWindow(ReadOnlySpan<long> bucket, long ms) => bucket[0] != 0 && IsInWindow(Word.Time(bucket[0]), ms);

    /// <summary>Whether a time is within the window that ends at <paramref name="ms"/>.</summary>
    public bool IsInWindow(long time, long ms) => EventTime.Elapsed(time, ms) < WindowMs;

    private static int Place(long number) => (int)(((number % (Buckets + 1)) + Buckets + 1) % (Buckets + 1));
}
