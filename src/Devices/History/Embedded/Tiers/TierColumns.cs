using Fengsui.Devices.History.Embedded.Columns;

namespace Fengsui.Devices.History.Embedded.Tiers;

/// <summary>Buckets of one series as columns, sorted by start, each start once: what a chunk of a tier holds. Reused.</summary>
internal sealed class TierColumns
{
    public const int IntegerCount = 6;
    public const int ValueCount = 5;

    private readonly long[][] _integers = [.. Enumerable.Range(0, IntegerCount).Select(_ => new long[RowColumns.MaxRows])];
    private readonly double[][] _values = [.. Enumerable.Range(0, ValueCount).Select(_ => new double[RowColumns.MaxRows])];

    public int Count { get; set; }

    public bool IsFull => Count == RowColumns.MaxRows;

    /// <summary>Start, in units of the tier's step; first; hold; count; unusable; weight.</summary>
    public Span<long> Integers(int column) => _integers[column].AsSpan(0, Count);

    /// <summary>Minimum, maximum, sum, last, integral.</summary>
    public Span<double> Values(int column) => _values[column].AsSpan(0, Count);

    public void Add(in TierBucket bucket, long stepMs)
    {
        var at = Count++;
        _integers[0][at] = bucket.StartMs / stepMs;
        _integers[1][at] = bucket.FirstMs;
        _integers[2][at] = bucket.HoldMs;
        _integers[3][at] = bucket.Count;
        _integers[4][at] = bucket.Unusable;
        _integers[5][at] = bucket.Weight;
        _values[0][at] = bucket.Min;
        _values[1][at] = bucket.Max;
        _values[2][at] = bucket.Sum;
        _values[3][at] = bucket.Last;
        _values[4][at] = bucket.Integral;
    }

    public long StartMs(int at, long stepMs) => _integers[0][at] * stepMs;

    public TierBucket Bucket(int at, long stepMs) => new(
        _integers[0][at] * stepMs,
        _integers[1][at],
        _integers[2][at],
        _integers[3][at],
        _integers[4][at],
        _integers[5][at],
        _values[0][at],
        _values[1][at],
        _values[2][at],
        _values[3][at],
        _values[4][at]);

    /// <summary>First place from <paramref name="low"/> on with a start not below <paramref name="timeMs"/>.</summary>
    public int LowerBound(int low, long timeMs, long stepMs)
    {
        var high = Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (StartMs(middle, stepMs) < timeMs)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
