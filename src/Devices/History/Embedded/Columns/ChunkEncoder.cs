namespace Fengsui.Devices.History.Embedded.Columns;

/// <summary>Writes <see cref="RowColumns"/> as one chunk; the layout is in <c>docs/history-format.md</c>.</summary>
internal sealed class ChunkEncoder
{
    private readonly ByteSink _sections = new();
    private readonly ByteSink _header = new();
    private readonly ValueColumn _values = new();
    private readonly LagColumn _lags = new();

    /// <summary>Appends the chunk to <paramref name="sink"/>.</summary>
    public void Encode(RowColumns rows, ByteSink sink)
    {
        _sections.Clear();
        _header.Clear();
        _header.Varint((ulong)rows.Count);
        _header.Varint((ulong)rows.Metrics.Length);
        foreach (var metric in rows.Metrics)
            _header.Varint(metric);
        Integers(rows.Times.AsSpan(0, rows.Count), IntegerColumnMode.DeltaOfDelta);
        Lags(rows);
        Integers(rows.Positions.AsSpan(0, rows.Count), IntegerColumnMode.DeltaOfDelta);
        Integers(rows.Sources.AsSpan(0, rows.Count), IntegerColumnMode.Offset);
        for (var column = 0; column < rows.Metrics.Length; column++)
            Values(rows, column);
        sink.Bytes(_header.Written);
        sink.Bytes(_sections.Written);
    }

    private void Lags(RowColumns rows)
    {
        var start = _sections.Length;
        _lags.Encode(rows.Times.AsSpan(0, rows.Count), rows.Lags.AsSpan(0, rows.Count), _sections);
        _header.Varint((ulong)(_sections.Length - start));
    }

    private void Integers(ReadOnlySpan<long> values, IntegerColumnMode alternative)
    {
        var start = _sections.Length;
        IntegerColumn.Encode(values, alternative, _sections);
        _header.Varint((ulong)(_sections.Length - start));
    }

    private void Values(RowColumns rows, int column)
    {
        var start = _sections.Length;
        _values.Encode(rows.Values(column), _sections);
        var end = _sections.Length;
        _header.Varint((ulong)(end - start));
        if (rows.HasQualities)
            QualityColumn.Encode(rows.Qualities(column), _sections);
        _header.Varint((ulong)(_sections.Length - end));
    }
}
