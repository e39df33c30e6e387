namespace Fengsui.Devices.History.Embedded.Columns;

/// <summary>
/// Receive time minus event time. Rows of one message were received at one time, so their lags fall as their times rise; then the
/// receive times themselves are written, as runs.
/// </summary>
internal sealed class LagColumn
{
    private long[] _scratch = [];

    /// <summary>Appends <paramref name="lags"/> in whichever way is shorter.</summary>
    public void Encode(ReadOnlySpan<long> times, ReadOnlySpan<long> lags, ByteSink sink)
    {
        var start = sink.Length;
        IntegerColumn.Encode(lags, IntegerColumnMode.Offset, sink);
        var received = Scratch(times.Length);
        var changes = 0;
        for (var row = 0; row < times.Length; row++)
        {
            received[row] = times[row] + lags[row];
            changes += row > 0 && received[row] != received[row - 1] ? 1 : 0;
        }

        if (changes >= times.Length / RunColumn.LeastRowsPerRun)
            return;
        var plain = sink.Length;
        sink.Byte((byte)IntegerColumnMode.ReceiveTimes);
        IntegerColumn.Encode(received, IntegerColumnMode.DeltaOfDelta, sink);
        sink.KeepShorter(start, plain);
    }

    /// <summary>Fills <paramref name="lags"/>, one for each row, from its section and that of the event times.</summary>
    public void Decode(ReadOnlySpan<byte> section, ReadOnlySpan<byte> timeSection, Span<long> lags)
    {
        var source = new ByteSource(section);
        if (section.IsEmpty || section[0] != (byte)IntegerColumnMode.ReceiveTimes)
        {
            IntegerColumn.Decode(ref source, lags);
            return;
        }

        source.Byte();
        IntegerColumn.Decode(ref source, lags);
        var times = Scratch(lags.Length);
        var timeSource = new ByteSource(timeSection);
        IntegerColumn.Decode(ref timeSource, times);
        for (var row = 0; row < lags.Length; row++)
            lags[row] -= times[row];
    }

    private Span<long> Scratch(int rows)
    {
        if (_scratch.Length < rows)
            _scratch = new long[Math.Max(rows, RowColumns.MaxRows)];
        return _scratch.AsSpan(0, rows);
    }
}
