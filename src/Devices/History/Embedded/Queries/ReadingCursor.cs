using Fengsui.Devices.History.Embedded.Columns;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.History.Embedded.Queries;

/// <summary>Decoded readings of one metric from one chunk or from the arenas, sorted by time, with a place in them.</summary>
internal sealed class ReadingCursor
{
    /// <summary>Order among cursors at the same time: that of the journal, roughly, and always the same.</summary>
    public int Ordinal { get; set; }

    public int Index { get; set; }

    public int End { get; set; }

    public long[] Times { get; private set; } = [];

    public double[] Values { get; private set; } = [];

    public Quality[] Qualities { get; private set; } = [];

    public long[] Positions { get; private set; } = [];

    public long[] Lags { get; private set; } = [];

    public long[] Sources { get; private set; } = [];

    public long TimeMs => Times[Index];

    public void Reserve(int count, bool withProvenance)
    {
        if (Times.Length < count)
        {
            Times = new long[count];
            Values = new double[count];
            Qualities = new Quality[count];
        }

        if (!withProvenance || Positions.Length >= count)
            return;
        Positions = new long[count];
        Lags = new long[count];
        Sources = new long[count];
    }

    /// <summary>Loads one column of a chunk, narrowed to the range; false when nothing of it is inside.</summary>
    public bool Load(ChunkReader chunk, int column, long fromMs, long toMs, bool withProvenance)
    {
        Reserve(RowColumns.MaxRows, withProvenance);
        chunk.ReadTimes(Times);
        Index = LowerBound(0, chunk.Rows, fromMs);
        End = LowerBound(Index, chunk.Rows, toMs);
        if (Index == End)
            return false;
        chunk.ReadValues(column, Values);
        chunk.ReadQualities(column, Qualities);
        if (!withProvenance)
            return true;
        chunk.ReadPositions(Positions);
        chunk.ReadLags(Lags);
        chunk.ReadSources(Sources);
        return true;
    }

    /// <summary>First place in [<paramref name="low"/>, <paramref name="high"/>) with a time not below <paramref name="timeMs"/>.</summary>
    public int LowerBound(int low, int high, long timeMs)
    {
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Times[middle] < timeMs)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
