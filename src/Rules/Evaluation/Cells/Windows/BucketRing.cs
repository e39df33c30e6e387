namespace Fengsui.Rules.Evaluation.Cells.Windows;

/// <summary>
/// A sliding window as a ring of buckets over event time. The window is the bucket of the newest reading and the
/// <see cref="Buckets"/> before it: at least its length, at most a sixtieth more. Word 0 of each bucket is its number
/// plus one, zero while it was never used; the rest is the owner's.
/// </summary>
/// <param name="windowMs">Length of the window.</param>
/// <param name="wordsOfBucket">Words of one bucket, the number included.</param>
internal readonly struct BucketRing(long windowMs, int wordsOfBucket)
{
    /// <summary>Whole buckets in a window; its resolution at the old edge is one of them.</summary>
    public const int Buckets = 60;

    public readonly long BucketMs = Math.Max(1, (windowMs + Buckets - 1) / Buckets);

    public int Words => (Buckets + 1) * wordsOfBucket;

    public long NumberAt(long ms) => Word.Bucket(ms, BucketMs);

    /// <summary>The bucket with this number; cleared first when the place held an older one. Empty when the place holds a newer one: too late.</summary>
    public Span<long> Open(Span<long> ring, long number)
    {
        var bucket = At(ring, Place(number));
        var tag = Word.OfTime(number);
        if (bucket[0] != tag)
        {
            if (bucket[0] != 0 && bucket[0] > tag)
            {
                return [];
            }

            bucket.Clear();
            bucket[0] = tag;
        }

        return bucket;
    }

    /// <summary>The bucket with this number; empty when there is none.</summary>
    public Span<long> Find(Span<long> ring, long number)
    {
        var bucket = At(ring, Place(number));
        return bucket[0] == Word.OfTime(number) ? bucket : [];
    }

    public Span<long> At(Span<long> ring, int place) => ring.Slice(place * wordsOfBucket, wordsOfBucket);

    /// <summary>Whether a bucket is within the window that ends with bucket <paramref name="newest"/>.</summary>
    public static bool IsInWindow(ReadOnlySpan<long> bucket, long newest)
    {
        if (bucket[0] == 0)
        {
            return false;
        }

        var age = unchecked(newest - Word.Time(bucket[0]));
        return age is >= 0 and <= Buckets;
    }

    private static int Place(long number) => (int)(((number % (Buckets + 1)) + Buckets + 1) % (Buckets + 1));
}
