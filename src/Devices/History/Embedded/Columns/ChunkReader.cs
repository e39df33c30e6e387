using Fengsui.Rules.Model;

namespace Fengsui.Devices.History.Embedded.Columns;

/// <summary>
/// Reads one chunk, a column at a time. Damage shows as <see cref="InvalidDataException"/>; the caller has checked the
/// chunk's CRC, so only a defect of an encoder can cause it.
/// </summary>
internal sealed class ChunkReader
{
    private const int TimeSection = 0;
    private const int LagSection = 1;
    private const int PositionSection = 2;
    private const int SourceSection = 3;
    private const int FirstValueSection = 4;

    private readonly ValueColumn _values = new();
    private readonly LagColumn _lags = new();
    private ReadOnlyMemory<byte> _chunk;
    private ushort[] _metrics = [];
    private int[] _ends = [];
    private int _sectionsStart;

    public int Rows { get; private set; }

    public int MetricCount { get; private set; }

    public ReadOnlySpan<ushort> Metrics => _metrics.AsSpan(0, MetricCount);

    public void Open(ReadOnlyMemory<byte> chunk)
    {
        _chunk = chunk;
        var source = new ByteSource(chunk.Span);
        Rows = source.Count(RowColumns.MaxRows);
        MetricCount = source.Count(Shape.MaxMetrics);
        if (Rows == 0 || MetricCount == 0)
            throw new InvalidDataException("a chunk is empty");
        Grow();
        for (var i = 0; i < MetricCount; i++)
            _metrics[i] = (ushort)source.Count(ushort.MaxValue);
        var end = 0;
        for (var i = 0; i < FirstValueSection + (2 * MetricCount); i++)
            _ends[i] = end = checked(end + source.Count(chunk.Length));
        _sectionsStart = source.Position;
        if (end != source.Remaining)
            throw new InvalidDataException("the sections do not fill the chunk");
    }

    /// <summary>Index of the column of <paramref name="metric"/>, or −1.</summary>
    public int ColumnOf(ushort metric) => Metrics.IndexOf(metric);

    public void ReadTimes(Span<long> target) => ReadIntegers(TimeSection, target);

    public void ReadPositions(Span<long> target) => ReadIntegers(PositionSection, target);

    public void ReadLags(Span<long> target) => _lags.Decode(Section(LagSection), Section(TimeSection), target[..Rows]);

    public void ReadSources(Span<long> target) => ReadIntegers(SourceSection, target);

    public void ReadValues(int column, Span<double> target) =>
        _values.Decode(Section(FirstValueSection + (2 * column)), target[..Rows]);

    public bool HasQualities(int column) => !Section(FirstValueSection + (2 * column) + 1).IsEmpty;

    public void ReadQualities(int column, Span<Quality> target) =>
        QualityColumn.Decode(Section(FirstValueSection + (2 * column) + 1), target[..Rows]);

    /// <summary>Bytes of the times, of the lags, of the positions and of the sources.</summary>
    public (int Times, int Lags, int Positions, int Sources) SharedBytes =>
        (Section(TimeSection).Length, Section(LagSection).Length, Section(PositionSection).Length, Section(SourceSection).Length);

    /// <summary>Bytes that the column's values and qualities take.</summary>
    public int ValueBytes(int column) =>
        Section(FirstValueSection + (2 * column)).Length + Section(FirstValueSection + (2 * column) + 1).Length;

    private void ReadIntegers(int section, Span<long> target)
    {
        var source = new ByteSource(Section(section));
        IntegerColumn.Decode(ref source, target[..Rows]);
    }

    private ReadOnlySpan<byte> Section(int index)
    {
        var start = index == 0 ? 0 : _ends[index - 1];
        return _chunk.Span[(_sectionsStart + start)..(_sectionsStart + _ends[index])];
    }

    private void Grow()
    {
        if (_metrics.Length >= MetricCount)
            return;
        _metrics = new ushort[MetricCount];
        _ends = new int[FirstValueSection + (2 * MetricCount)];
    }
}
