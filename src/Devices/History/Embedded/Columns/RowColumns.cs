using Fengsui.Rules.Model;

namespace Fengsui.Devices.History.Embedded.Columns;

/// <summary>
/// Rows of one device and one list of metrics as columns: what a chunk holds. Reused; at most <see cref="MaxRows"/> rows.
/// </summary>
internal sealed class RowColumns
{
    /// <summary>Bound on the rows of one chunk, and so on what a reader decodes for one reading.</summary>
    public const int MaxRows = 4096;

    /// <summary>Not a power of two, so that the same row of several columns does not fall on one cache set.</summary>
    private const int Stride = MaxRows + 24;

    private double[] _values = [];
    private Quality[] _qualities = [];

    public ushort[] Metrics { get; private set; } = [];

    public int Count { get; set; }

    public long[] Times { get; } = new long[MaxRows];

    public long[] Positions { get; } = new long[MaxRows];

    /// <summary>Receive time minus event time.</summary>
    public long[] Lags { get; } = new long[MaxRows];

    public long[] Sources { get; } = new long[MaxRows];

    /// <summary>False while every quality is good; the quality columns are then not filled in.</summary>
    public bool HasQualities { get; private set; }

    public bool IsFull => Count == MaxRows;

    public void Start(ushort[] metrics)
    {
        Metrics = metrics;
        Count = 0;
        HasQualities = false;
        if (_values.Length < metrics.Length * Stride)
            _values = new double[metrics.Length * Stride];
    }

    /// <summary>From here on quality columns exist; rows that do not set one have a good one.</summary>
    public void NeedQualities()
    {
        if (HasQualities)
            return;
        HasQualities = true;
        if (_qualities.Length < Metrics.Length * Stride)
            _qualities = new Quality[Metrics.Length * Stride];
        Array.Clear(_qualities, 0, Metrics.Length * Stride);
    }

    public Span<double> Values(int column) => _values.AsSpan(column * Stride, Count);

    public Span<Quality> Qualities(int column) => _qualities.AsSpan(column * Stride, Count);

    public void SetValue(int column, int row, double value) => _values[(column * Stride) + row] = value;

    public void SetQuality(int column, int row, Quality quality) => _qualities[(column * Stride) + row] = quality;

    /// <summary>Copies a row's values across the columns.</summary>
    public void SetValues(int row, ReadOnlySpan<double> values)
    {
        var at = row;
        var target = _values;
        foreach (var value in values)
        {
            target[at] = value;
            at += Stride;
        }
    }

    /// <summary>Appends a chunk of the same metrics, which must fit.</summary>
    public void Append(ChunkReader chunk)
    {
        var start = Count;
        Count += chunk.Rows;
        chunk.ReadTimes(Times.AsSpan(start));
        chunk.ReadLags(Lags.AsSpan(start));
        chunk.ReadPositions(Positions.AsSpan(start));
        chunk.ReadSources(Sources.AsSpan(start));
        for (var column = 0; column < Metrics.Length; column++)
        {
            chunk.ReadValues(column, Values(column)[start..]);
            if (!chunk.HasQualities(column))
                continue;
            NeedQualities();
            chunk.ReadQualities(column, Qualities(column)[start..]);
        }
    }

    /// <summary>Sorts by time and keeps the order of rows of the same time.</summary>
    public void SortByTime()
    {
        var sorted = true;
        for (var row = 1; row < Count && sorted; row++)
            sorted = Times[row - 1] <= Times[row];
        if (sorted)
            return;
        var order = Enumerable.Range(0, Count).OrderBy(row => Times[row]).ToArray();
        Permute<long>(Times.AsSpan(0, Count), order);
        Permute<long>(Lags.AsSpan(0, Count), order);
        Permute<long>(Positions.AsSpan(0, Count), order);
        Permute<long>(Sources.AsSpan(0, Count), order);
        for (var column = 0; column < Metrics.Length; column++)
        {
            Permute(Values(column), order);
            if (HasQualities)
                Permute(Qualities(column), order);
        }
    }

    private static void Permute<T>(Span<T> column, int[] order)
    {
        var copy = column.ToArray();
        for (var row = 0; row < order.Length; row++)
            column[row] = copy[order[row]];
    }
}
